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
  const rootsOf = (block: PartitionBlock) => sharedRows(block, features).map(row => row.values.map(Math.sqrt))
  const targetRoots = rootsOf(target)
  const coefficients = new Float64Array(source.partitions * target.partitions)
  if (features.length === 0) return coefficients
  let pair = 0
  for (const p of rootsOf(source)) {
    for (const q of targetRoots) coefficients[pair++] = Math.min(1, innerProduct(p, q) / features.length)
  }
  return coefficients
}

function innerProduct(p: Float64Array, q: Float64Array): number {
  let sum = 0
  for (let b = 0; b < p.length; b++) sum += p[b] * q[b]
  return sum
}
