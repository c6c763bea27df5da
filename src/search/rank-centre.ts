import type { PartitionBlock } from '../divergence/partition-block.ts'
import { binsInOrder, missingBin, type FeatureBins } from '../sketch/feature-bins.ts'

/**
 * The centre of a dataset in the coordinates of a reference: for each numeric feature the mean rank, in [0, 1], of its
 * values under the reference bins (missing: ½). Features that are not numeric have no centre and give 0.
 *
 * @param block one partition
 * @param shared numbers of the features
 * @param references bins of every feature of the block
 * @returns shape (shared)
 */
export function centreOfBlock(
  block: PartitionBlock,
  shared: Uint32Array,
  references: readonly FeatureBins[],
): Float64Array {
  return Float64Array.from(shared, feature => {
    const ranks = binRanks(references[feature])
    const start = block.offsets[feature]
    return ranks.reduce((mean, rank, bin) => mean + rank * block.values[start + bin], 0)
  })
}

/** The rank of each bin's middle among the bins, in [0, 1]: the bins of a reference hold equal mass. */
function binRanks(bins: FeatureBins): number[] {
  if (bins.kind !== 'numeric') return []
  const order = binsInOrder(bins)
  const ranks = new Array<number>(missingBin(bins) + 1).fill(0.5)
  order.forEach((bin, place) => (ranks[bin] = (place + 0.5) / order.length))
  return ranks
}
