import { ModelHubError } from '../common/modelhub-error.ts'
import { jensenShannon } from './jensen-shannon.ts'
import { blockWidth, requireComparable, type PartitionBlock } from './partition-block.ts'

/** One partition of a block. */
export interface PartitionOfBlock {
  readonly block: PartitionBlock
  /** Number of the partition, from 0. */
  readonly partition: number
}

/**
 * Jensen–Shannon divergence of each shared feature between one source and one target partition, in nats: which
 * features fit worst. Their mean is the pair's entry of `pairwiseJensenShannon`, which is within 1e-6 of it.
 *
 * @param source one partition
 * @param target one partition, in the same feature space
 * @param features numbers of the shared features
 * @returns shape (features), in the order given, each in [0, ln 2]; ln 2 where either side lacks the feature
 * @throws SHAPE when a block disagrees with itself, or a feature has other bins in the target than in the source
 * @throws OUT_OF_RANGE when a block has no partition or feature of that number, or a segment is no histogram
 */
export function perFeatureJensenShannon(
  source: PartitionOfBlock,
  target: PartitionOfBlock,
  features: Uint32Array,
): Float64Array {
  requireComparable(source.block, target.block, features)
  requirePartition(source, 'source')
  requirePartition(target, 'target')
  const lacks = (segment: Float32Array): boolean => segment.every(value => value === 0)
  return Float64Array.from(features, feature => {
    const p = segmentOf(source, feature)
    const q = segmentOf(target, feature)
    return lacks(p) || lacks(q) ? Math.LN2 : jensenShannon(p, q)
  })
}

function segmentOf({ block, partition }: PartitionOfBlock, feature: number): Float32Array {
  const start = partition * blockWidth(block)
  return block.values.subarray(start + block.offsets[feature], start + block.offsets[feature + 1])
}

function requirePartition({ block, partition }: PartitionOfBlock, name: string): void {
  if (Number.isInteger(partition) && partition >= 0 && partition < block.partitions) return
  const expected = `an integer in [0, ${block.partitions})`
  throw new ModelHubError('OUT_OF_RANGE', `${name}.partition: expected ${expected}, got ${partition}`)
}
