import { nearestDivergences, normalisedWeights, requirePairs } from './pairwise-matrix.ts'

/**
 * Soft coverage: how near the source comes to each part of the target, without a threshold.
 *
 *   softCoverage = 1 − Σ_j w_j min_i JS(p_i, q_j) / ln 2,   w_j the target partition's share of rows
 *
 * In [0, 1], not symmetric. Over clustered partitions, unless said otherwise.
 *
 * @param js divergences in nats, shape (sources × targets), row-major; a NaN counts as no source partition
 * @param targetWeights rows of each target partition, or their shares, shape (targets)
 * @returns 0 when there is no source partition
 * @throws OUT_OF_RANGE when there is no target partition, a weight is not a finite number ≥ 0, or all weights are 0
 * @throws SHAPE when js is not (sources × targets)
 */
export function softCoverage(js: Float64Array, targetWeights: Float64Array): number {
  requirePairs(js, targetWeights.length)
  return softCoverageOfNearest(nearestDivergences(js, targetWeights.length), targetWeights)
}

/**
 * The same from the divergence of each target partition from the source partition nearest to it, nats, shape (targets).
 *
 * @throws OUT_OF_RANGE when a weight is not a finite number ≥ 0, or all weights are 0
 */
export function softCoverageOfNearest(nearest: Float64Array, targetWeights: Float64Array): number {
  const weights = normalisedWeights(targetWeights)
  const distance = nearest.reduce((sum, js, j) => sum + weights[j] * js, 0)
  return Math.min(1, Math.max(0, 1 - distance / Math.LN2))
}
