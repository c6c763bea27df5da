import type { Feature } from '../dataset/feature.ts'
import type { FeatureBins } from './feature-bins.ts'

/** `default`: own equi-depth bins, clustered and random partitions. `paper`: as Zhou et al. (2020) have it. */
export type SketchProfile = 'default' | 'paper'

/** What a sketch says of one feature. */
export interface SketchFeature extends Feature {
  /** Bins of the whole dataset. */
  readonly bins: FeatureBins
  /** Bins of the partitions: neighbours of `bins` merged. */
  readonly coarseBins: FeatureBins
  /** MinHash signature, shape (SIGNATURE_LENGTH). */
  readonly signature: Uint32Array
}

export type PartitionKind = 'whole' | 'clustered' | 'random'

/** A part of a dataset with its own histograms. */
export interface Partition {
  readonly kind: PartitionKind
  readonly rows: number
  /**
   * One histogram per feature: of the feature's `bins` in the whole, of its `coarseBins` elsewhere. Rows are counted, or
   * tokens where the feature is text.
   */
  readonly counts: readonly Uint32Array[]
}

/** Mean random Fourier features in the coordinates of a reference sketch: present only where one was asked for. */
export interface ReferenceMean {
  /** Identity of the reference (`referenceIdentity`), hexadecimal: only means of equal references compare. */
  readonly reference: string
  /** Shape (2 × REFERENCE_DIRECTIONS). */
  readonly mean: Float64Array
}

/** What leaves the machine of a publisher or a seeker: bins, counts and signatures, and nothing else of the data. */
export interface Sketch {
  readonly profile: SketchProfile
  readonly seed: number
  readonly rows: number
  readonly features: readonly SketchFeature[]
  /** The whole comes first, then clustered partitions, then random ones. */
  readonly partitions: readonly Partition[]
  readonly referenceMean?: ReferenceMean
  /** Of the secret key that categories and tokens are hashed with, where there is one. */
  readonly keyId?: string
  /** No partition has fewer rows, and no bin a count between 0 and this; absent where nothing was asked for. */
  readonly minCell?: number
  /** What was looked at instead of the data as they lie, as `descriptor` of images; absent for a plain table. */
  readonly view?: string
}

/** The partitions of one kind, in order. */
export function partitionsOf(sketch: Sketch, kind: PartitionKind): readonly Partition[] {
  return sketch.partitions.filter(partition => partition.kind === kind)
}

/** The bins that a partition of the given kind counts a feature in. */
export function binsOf(feature: SketchFeature, kind: PartitionKind): FeatureBins {
  return kind === 'whole' ? feature.bins : feature.coarseBins
}
