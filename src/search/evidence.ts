import { adaptivity } from '../divergence/adaptivity.ts'
import { autoThreshold } from '../divergence/auto-threshold.ts'
import { coverage } from '../divergence/coverage.ts'
import { fit } from '../divergence/fit.ts'
import { pairwiseJensenShannon } from '../divergence/pairwise-jensen-shannon.ts'
import type { PartitionBlock } from '../divergence/partition-block.ts'
import type { SizeCorrected, WholeAndCells } from '../divergence/size-corrected.ts'
import { softCoverage } from '../divergence/soft-coverage.ts'
import type { DatasetBlocks } from '../sketch/dataset-blocks.ts'
import type { FeatureBins } from '../sketch/feature-bins.ts'
import type { ReferenceMean } from '../sketch/sketch.ts'
import type { Candidate } from './candidate.ts'

/** JS divergence below which two partitions match, nats; `auto` follows the partitions' sizes. */
export type Threshold = 'auto' | number

/** A candidate and the target in the same columns. */
export interface Comparison {
  readonly candidate: Candidate
  readonly source: DatasetBlocks
  readonly target: DatasetBlocks
  /** Reference bins of every column. */
  readonly references: readonly FeatureBins[]
  /** Columns that both have. */
  readonly shared: Uint32Array
  /** Those of them whose bins count rows, that is all but texts in the joint space and none in the pooled. */
  readonly rowCounted: Uint32Array
  /** Number of the target's features that the model has. */
  readonly sharedFeatures: number
  /** Number of the target's features, shared or not. */
  readonly targetFeatures: number
  /** Shape (columns × SIGNATURE_LENGTH). */
  readonly sourceSignatures: Uint32Array
  /** One per column, undefined where the target lacks it. */
  readonly targetSignatures: readonly (Uint32Array | undefined)[]
  /** The target's mean random Fourier features, where it was sketched with a reference. */
  readonly targetMean: ReferenceMean | undefined
  /** Compares a source with this target without what their sizes add; at least one feature must be shared. */
  readonly sizeCorrected: (source: WholeAndCells) => SizeCorrected
}

/** What the sketches say of how well a model's training data fit the target. */
export interface Evidence {
  /** Share of the target's features that the model has (Def. 3), in [0, 1]. */
  readonly overlap: number
  /** Of the corrected parts, missing features counted, in [0, 1]. */
  readonly fit: number
  /** What fit is made of: without what the sizes of the two datasets add. */
  readonly corrected: SizeCorrected
  readonly adaptivity: number
  readonly coverage: number
  readonly softCoverage: number
  /** Of the whole datasets over the shared features, nats, in [0, ln 2]. */
  readonly js: number
  /** The threshold that adaptivity and coverage were taken at, nats. */
  readonly threshold: number
}

/** The evidence for one candidate. Without shared features everything is as far apart as can be. */
export function evidenceFor(comparison: Comparison, threshold: Threshold): Evidence {
  const { source, target, shared, sharedFeatures, targetFeatures } = comparison
  const js = pairwiseJensenShannon(source.whole, target.whole, shared)[0]
  const cells = bestParts(source, target)
  const soft = softCoverage(pairwiseJensenShannon(cells.source, cells.target, shared), cells.target.rows)
  const corrected =
    shared.length === 0
      ? { softCoverage: 0, wholeJs: Math.LN2 }
      : comparison.sizeCorrected({ whole: source.whole, clustered: cells.source })
  const parts = randomParts(source, target)
  const limit = threshold === 'auto' ? thresholdFor(parts, shared) : threshold
  const pairs = pairwiseJensenShannon(parts.source, parts.target, shared)
  return {
    overlap: sharedFeatures / targetFeatures,
    fit: fit({ ...corrected, shared: sharedFeatures, targetFeatures }),
    corrected,
    adaptivity: shared.length === 0 ? 0 : adaptivity(pairs, parts.target.partitions, limit),
    coverage: shared.length === 0 ? 0 : coverage(pairs, parts.target.rows, limit),
    softCoverage: soft,
    js,
    threshold: limit,
  }
}

/** Parts of a candidate and of the target. */
export interface Parts {
  readonly source: PartitionBlock
  readonly target: PartitionBlock
}

/** Clustered partitions where a sketch has them, else random ones, else the whole. */
export function bestParts(source: DatasetBlocks, target: DatasetBlocks): Parts {
  return { source: bestPartsOf(source), target: bestPartsOf(target) }
}

/** The finest partitions of a dataset that mean something by themselves. */
export function bestPartsOf({ clustered, random, whole }: DatasetBlocks): PartitionBlock {
  return clustered.partitions > 0 ? clustered : random.partitions > 0 ? random : whole
}

/** Random partitions where a sketch has them, else the whole. */
export function randomParts(source: DatasetBlocks, target: DatasetBlocks): Parts {
  const best = ({ random, whole }: DatasetBlocks) => (random.partitions > 0 ? random : whole)
  return { source: best(source), target: best(target) }
}

/** The auto threshold for partitions of the datasets' mean sizes and features of the mean number of bins. */
export function thresholdFor({ source, target }: Parts, shared: Uint32Array): number {
  const bins = shared.reduce((sum, f) => sum + source.offsets[f + 1] - source.offsets[f], 0)
  return autoThreshold({
    bins: Math.max(1, Math.round(bins / Math.max(1, shared.length))),
    sourceRows: meanOf(source.rows),
    targetRows: meanOf(target.rows),
  })
}

function meanOf(rows: Float64Array): number {
  return rows.reduce((sum, n) => sum + n, 0) / rows.length
}
