import { pairwiseBhattacharyya } from './pairwise-bhattacharyya.ts'
import type { PartitionBlock } from './partition-block.ts'

/**
 * Squared Hellinger distance of every source partition from every target partition in the joint space.
 *
 *   H²(P, Q) = 1 − BC(P, Q),   ln 2 · H² ≤ JS ≤ H²
 *
 * A feature that either side lacks counts as 1. It bounds `pairwiseJensenShannon` from both sides at the cost of an
 * inner product.
 *
 * @param source n_s partitions
 * @param target n_t partitions, in the same feature space
 * @param features numbers of the shared features S; when there are none, every pair is 1
 * @returns shape (n_s × n_t), row-major, each in [0, 1]
 * @throws SHAPE when a block disagrees with itself, or a feature has other bins in the target than in the source
 * @throws OUT_OF_RANGE when a block has no feature of a listed number
 */
export function pairwiseSquaredHellinger(
  source: PartitionBlock,
  target: PartitionBlock,
  features: Uint32Array,
): Float64Array {
  return pairwiseBhattacharyya(source, target, features).map(coefficient => 1 - coefficient)
}
