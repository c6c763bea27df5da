import { dot } from '../math/row-products.ts'
import { requireComparable, type PartitionBlock } from './partition-block.ts'
import { sharedRows } from './shared-rows.ts'

/**
 * Bhattacharyya coefficient of every source partition with every target partition in the joint space.
 *
 *   BC(P, Q) = (1/|S|) Σ_{f∈S} Σ_b √(p_b q_b)
 *
 * An inner product of √P and √Q, so it costs no logarithm. A feature that either side lacks counts as 0.
 *
 * @param source n_s partitions
 * @param target n_t partitions, in the same feature space
 * @param features numbers of the shared features S; when there are none, every pair is 0
 * @returns shape (n_s × n_t), row-major, each in [0, 1]
 * @throws SHAPE when a block disagrees with itself, or a feature has other bins in the target than in the source
 * @throws OUT_OF_RANGE when a block has no feature of a listed number
 */
export function pairwiseBhattacharyya(
  source: PartitionBlock,
  target: PartitionBlock,
  features: Uint32Array,
): Float64Array {
  requireComparable(source, target, features)
  const sourceRoots = sharedRoots(source, features)
  const targetRoots = sharedRoots(target, features)
  const coefficients = new Float64Array(source.partitions * target.partitions)
  if (features.length === 0) return coefficients
  let pair = 0
  for (const p of sourceRoots) {
    for (const q of targetRoots) coefficients[pair++] = Math.min(1, dot(p, q) / features.length)
  }
  return coefficients
}

function sharedRoots(block: PartitionBlock, features: Uint32Array): Float64Array[] {
  return sharedRows(block, features).map(({ values }) => {
    for (let b = 0; b < values.length; b++) values[b] = Math.sqrt(values[b])
    return values
  })
}
