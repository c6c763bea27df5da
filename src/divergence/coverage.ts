import { normalisedWeights, requirePairs, requireThreshold } from './pairwise-matrix.ts'

/**
 * Coverage: the row-weighted share of target partitions with at least one match in the source.
 *
 *   coverage = Σ_j w_j [some i: JS(p_i, q_j) ≤ t] / Σ_j w_j
 *
 * In [0, 1], not symmetric.
 *
 * @param js divergences in nats, shape (sources × targets), row-major, over random partitions; a NaN is no match
 * @param targetWeights rows of each target partition, or their shares, shape (targets)
 * @param threshold t ≥ 0, in nats
 * @returns 0 when there is no source partition
 * @throws OUT_OF_RANGE when there is no target partition, the threshold is negative or NaN, a weight is not a finite
 *   number ≥ 0, or all weights are 0
 * @throws SHAPE when js is not (sources × targets)
 */
export function coverage(js: Float64Array, targetWeights: Float64Array, threshold: number): number {
  const targets = targetWeights.length
  requirePairs(js, targets)
  requireThreshold(threshold)
  const matched = new Set<number>()
  for (let pair = 0; pair < js.length; pair++) if (js[pair] <= threshold) matched.add(pair % targets)
  const share = normalisedWeights(targetWeights).reduce((sum, weight, j) => sum + (matched.has(j) ? weight : 0), 0)
  return Math.min(1, share)
}
