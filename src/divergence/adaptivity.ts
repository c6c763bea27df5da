import { requirePairs, requireThreshold } from './pairwise-matrix.ts'

/**
 * Adaptivity of a source's models to a target.
 *
 *   adaptivity(D_s, D_t) = num_matches / n_t,  a match being a pair (p_i, q_j) with D_JS(p_i, q_j) ≤ t
 *                                                                                      Zhou et al. (2020), Def. 2
 *
 * Not symmetric and *not* bounded by 1: in [0, n_s], it grows with the number of source partitions. Kept as the paper
 * has it; `coverage` and `softCoverage` stay in [0, 1].
 *
 * @param js divergences in nats, shape (n_s × n_t), row-major, over random partitions; a NaN is no match
 * @param targets number of target partitions, n_t
 * @param threshold t ≥ 0, in nats
 * @returns 0 when there is no source partition
 * @throws OUT_OF_RANGE when there is no target partition, or the threshold is negative or NaN
 * @throws SHAPE when js is not (sources × targets)
 */
export function adaptivity(js: Float64Array, targets: number, threshold: number): number {
  requirePairs(js, targets)
  requireThreshold(threshold)
  let matches = 0
  for (let pair = 0; pair < js.length; pair++) if (js[pair] <= threshold) matches++
  return matches / targets
}
