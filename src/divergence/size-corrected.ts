import { coarseCells } from './coarse-cells.ts'
import { nearestJensenShannon } from './nearest-jensen-shannon.ts'
import { pairwiseJensenShannon } from './pairwise-jensen-shannon.ts'
import type { PartitionBlock } from './partition-block.ts'
import { samplingFloors } from './sampling-floors.ts'
import { softCoverageOfNearest } from './soft-coverage.ts'

/** The parts of a dataset that the fit looks at. */
export interface WholeAndCells {
  /** One partition. */
  readonly whole: PartitionBlock
  /** At least one partition. */
  readonly clustered: PartitionBlock
}

export interface SharedFeatures {
  /** Numbers of the shared features, S; at least one. */
  readonly shared: Uint32Array
  /** Those of them whose bins count rows: all but texts. */
  readonly rowCounted: Uint32Array
}

/** What fit is made of. */
export interface CoverageAndJs {
  /** In [0, 1]. */
  readonly softCoverage: number
  /** In nats, in [0, ln 2]. */
  readonly wholeJs: number
}

/** The same without what the sizes of the two datasets add. */
export interface SizeCorrected extends CoverageAndJs {
  /** As measured: the metrics `soft-coverage` and `js`. */
  readonly measured: CoverageAndJs
}

/**
 * A comparer of sources with one target that does not favour large sources.
 *
 *   wholeJs      = max(0, JS(P, Q) − φ_P − φ_Q)
 *   softCoverage = 1 − Σ_g w_g min_i JS(p_i, q_g) / ln 2,   g the target's cells joined into no more than the source has
 *
 * φ are `samplingFloors`: few rows look distant because they are few. The target's cells are joined (`coarseCells`)
 * because a source of few rows has few, coarse cells, which cannot come near to the fine ones of a larger target even
 * where both were drawn from one distribution.
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
  const floorOf = ({ whole }: WholeAndCells) => samplingFloors(whole, rowCounted, shared.length)[0]
  const targetFloor = floorOf(target)
  const coarse = coarseCells(target.clustered, shared).map(cells => {
    const nearest = nearestJensenShannon(cells, shared)
    return (source: PartitionBlock) => softCoverageOfNearest(nearest(source), cells.rows)
  })
  return source => {
    const [js] = pairwiseJensenShannon(source.whole, target.whole, shared)
    const asMany = Math.min(source.clustered.partitions, coarse.length)
    const softCoverage = coarse[asMany - 1](source.clustered)
    return {
      softCoverage,
      wholeJs: Math.max(0, js - floorOf(source) - targetFloor),
      measured: {
        softCoverage: asMany === coarse.length ? softCoverage : coarse[coarse.length - 1](source.clustered),
        wholeJs: js,
      },
    }
  }
}
