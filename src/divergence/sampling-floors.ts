import { ModelHubError } from '../common/modelhub-error.ts'
import { blockWidth, requireBlock, type PartitionBlock } from './partition-block.ts'

/**
 * What sampling alone adds to the divergence of each partition from any other, in nats: one side of `jensenShannonFloor`,
 * with the bins that the partition's rows occupy in place of all bins.
 *
 *   floor = (1/|S|) Σ_f (K_f − 1) / 8m,   K_f = Σ_b m p_b / (1 + m p_b)
 *
 * K_f is about the number of bins that m rows fall into: a bin that expects many rows counts 1, one that expects few
 * counts what it expects. It never exceeds m, so a side adds at most 1/8. A feature that the partition lacks adds 0.
 *
 * @param features numbers of those shared features whose bins count rows; a text counts tokens, which do not come one by
 *   one, and is left out
 * @param shared number of all shared features, |S| ≥ 1
 * @returns shape (partitions)
 * @throws SHAPE when the block disagrees with itself
 * @throws OUT_OF_RANGE when shared is less than 1 or than the number of features
 */
export function samplingFloors(block: PartitionBlock, features: Uint32Array, shared = features.length): Float64Array {
  requireBlock(block, 'block')
  if (!(shared >= Math.max(1, features.length))) {
    throw new ModelHubError('OUT_OF_RANGE', `shared: expected at least ${Math.max(1, features.length)}, got ${shared}`)
  }
  const { offsets, rows, values } = block
  const width = blockWidth(block)
  return rows.map((m, partition) => {
    let sum = 0
    for (const f of features) {
      let occupied = 0
      for (let bin = offsets[f]; bin < offsets[f + 1]; bin++) {
        const expected = m * values[partition * width + bin]
        occupied += expected / (1 + expected)
      }
      sum += Math.max(0, occupied - 1)
    }
    return sum / (8 * m * shared)
  })
}
