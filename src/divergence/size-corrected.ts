import { granularityFloors } from './granularity-floors.ts'
import { pairwiseJensenShannon } from './pairwise-jensen-shannon.ts'
import type { PartitionBlock } from './partition-block.ts'
import { samplingFloors, withoutFloors } from './sampling-floors.ts'
import { softCoverage } from './soft-coverage.ts'

/** The parts of a dataset that the fit looks at. */
export interface WholeAndCells {
  /** One partition. */
  readonly whole: PartitionBlock
  readonly clustered: PartitionBlock
}

export interface SharedFeatures {
  /** Numbers of the shared features, S; at least one. */
  readonly shared: Uint32Array
  /** Those of them whose bins count rows: all but texts. */
  readonly rowCounted: Uint32Array
}

/** What fit is made of, without what the sizes of the two datasets add. */
export interface SizeCorrected {
  /** In [0, 1]. */
  readonly softCoverage: number
  /** In nats, in [0, ln 2]. */
  readonly wholeJs: number
}

/**
 * A comparer of sources with one target that favours neither large nor small sources.
 *
 *   wholeJs      = max(0, JS(P, Q) − φ_P − φ_Q)
 *   softCoverage = 1 − max(0, D − s) / (1 − s),
 *   D = Σ_j w_j min_i max(0, JS(p_i, q_j) − φ_i − φ_j) / ln 2,   s = floor(k) / ln 2
 *
 * φ are `samplingFloors`, floor(k) is `granularityFloors` at the source's number of cells k, or 0 where the target has
 * no more cells than that: a source that is as near as the target itself, cut as coarsely, scores 1.
 *
 * What the target alone decides is found once, so that a search over many sources pays for it once.
 *
 * @throws SHAPE, OUT_OF_RANGE as `pairwiseJensenShannon` and `softCoverage` do
 */
export function sizeCorrected(
  target: WholeAndCells,
  features: SharedFeatures,
): (source: WholeAndCells) => SizeCorrected {
  const { shared, rowCounted } = features
  const floorsOf = (block: PartitionBlock) => samplingFloors(block, rowCounted, shared.length)
  const targetFloors = { whole: floorsOf(target.whole), clustered: floorsOf(target.clustered) }
  const granularity = granularityFloors(target.clustered, shared, targetFloors.clustered)
  const corrected = (source: WholeAndCells, kind: keyof WholeAndCells) =>
    withoutFloors(pairwiseJensenShannon(source[kind], target[kind], shared), floorsOf(source[kind]), targetFloors[kind])
  return source => {
    const distance = 1 - softCoverage(corrected(source, 'clustered'), target.clustered.rows)
    const least = (granularity[source.clustered.partitions - 1] ?? 0) / Math.LN2
    return {
      softCoverage: 1 - Math.max(0, distance - least) / (1 - least),
      wholeJs: corrected(source, 'whole')[0],
    }
  }
}
