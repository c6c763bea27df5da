import { ModelHubError } from '../common/modelhub-error.ts'

/** The partitions of one dataset in the joint space: a histogram of each feature, side by side, for each partition. */
export interface PartitionBlock {
  readonly partitions: number
  /** Feature f occupies the columns [offsets[f], offsets[f+1]); shape (features + 1), offsets[0] = 0. */
  readonly offsets: Uint32Array
  /**
   * Probabilities, shape (partitions × width), row-major, width = the last offset. Each feature's segment of a row sums
   * to 1, or is all 0 where the dataset lacks the feature.
   */
  readonly values: Float32Array
  /** Rows in each partition, shape (partitions). */
  readonly rows: Float64Array
}

/** Number of columns of a block: the bins of all its features. */
export function blockWidth(block: PartitionBlock): number {
  return block.offsets[block.offsets.length - 1]
}

/**
 * Throws unless the block agrees with itself.
 *
 * @throws SHAPE when there are no offsets, or values or rows do not have one row per partition
 */
export function requireBlock(block: PartitionBlock, name: string): void {
  const { partitions, offsets, values, rows } = block
  if (offsets.length === 0) throw new ModelHubError('SHAPE', `${name}.offsets: expected shape (features + 1), got (0)`)
  const cells = partitions * blockWidth(block)
  if (values.length !== cells) {
    const expected = `(${partitions} × ${blockWidth(block)}) = ${cells} numbers`
    throw new ModelHubError('SHAPE', `${name}.values: expected shape ${expected}, got ${values.length}`)
  }
  if (rows.length !== partitions) {
    throw new ModelHubError('SHAPE', `${name}.rows: expected shape (${partitions}), got (${rows.length})`)
  }
}

/**
 * Throws unless both blocks have the listed features, with the same number of bins.
 *
 * @throws SHAPE when a block disagrees with itself, or a feature has other bins in the target than in the source
 * @throws OUT_OF_RANGE when a block has no feature of a listed number
 */
export function requireComparable(source: PartitionBlock, target: PartitionBlock, features: Uint32Array): void {
  requireBlock(source, 'source')
  requireBlock(target, 'target')
  for (const f of features) {
    const bins = binsOf(source, f, 'source')
    const others = binsOf(target, f, 'target')
    if (bins !== others) {
      throw new ModelHubError(
        'SHAPE',
        `target: expected ${bins} bins of feature ${f}, as the source has, got ${others}`,
      )
    }
  }
}

function binsOf(block: PartitionBlock, feature: number, name: string): number {
  const features = block.offsets.length - 1
  if (feature >= features) {
    throw new ModelHubError('OUT_OF_RANGE', `features: expected numbers below ${features} (${name}), got ${feature}`)
  }
  return block.offsets[feature + 1] - block.offsets[feature]
}
