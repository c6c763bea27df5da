import { FEW_ROWS } from '../common/limits.ts'
import type { FeatureType } from '../dataset/feature.ts'
import { partitionsOf, type PartitionKind, type Sketch, type SketchProfile } from './sketch.ts'

/** What a sketch gives away of its data. */
export interface PrivacyReceipt {
  readonly profile: SketchProfile
  readonly rows: number
  /** Features of each type. */
  readonly features: Readonly<Record<FeatureType, number>>
  /** Partitions of each kind. */
  readonly partitions: Readonly<Record<PartitionKind, number>>
  /** Rows of the smallest clustered partition; null where there is none. */
  readonly smallestCell: number | null
  /** Fewest rows (tokens, where the feature is text) counted in a bin of the whole that holds any. */
  readonly smallestBin: number
  /**
   * Whether exact minima and maxima of numeric features can be read: in the `paper` profile, and where a feature has but
   * one or two values. Otherwise edges stop at the 0.5 % and 99.5 % quantiles, and an extreme shows only where it is a
   * value that many rows share.
   */
  readonly showsExtremes: boolean
  /** Exact numbers that the sketch holds: values that many rows share. */
  readonly exactValues: number
  /** Hashes of categories and words: whoever guesses a word can test for it. */
  readonly hashes: number
  /** Whether means in the coordinates of a reference are held as well. */
  readonly referenceMean: boolean
  /** Under 200 rows a sketch says much about each one. */
  readonly fewRows: boolean
  readonly sizeBytes: number
}

/** Says what a sketch holds and so what it tells about the data. */
export function privacyReceipt(sketch: Sketch, sizeBytes: number): PrivacyReceipt {
  const ofType = (type: FeatureType) => sketch.features.filter(feature => feature.type === type).length
  const ofKind = (kind: PartitionKind) => partitionsOf(sketch, kind).length
  const cells = partitionsOf(sketch, 'clustered').map(({ rows }) => rows)
  const sum = (count: (bins: Sketch['features'][number]['bins']) => number) =>
    sketch.features.reduce((total, { bins }) => total + count(bins), 0)
  return {
    profile: sketch.profile,
    rows: sketch.rows,
    features: { numeric: ofType('numeric'), categorical: ofType('categorical'), text: ofType('text') },
    partitions: { whole: ofKind('whole'), clustered: ofKind('clustered'), random: ofKind('random') },
    smallestCell: cells.length > 0 ? Math.min(...cells) : null,
    smallestBin: smallestCount(sketch),
    showsExtremes: sketch.features.some((_, f) => showsExtremes(sketch, f)),
    exactValues: sum(bins => (bins.kind === 'numeric' ? bins.atoms.length : 0)),
    hashes: sum(bins => (bins.kind === 'nominal' ? bins.hashes.length : 0)),
    referenceMean: sketch.referenceMean !== undefined,
    fewRows: sketch.rows < FEW_ROWS,
    sizeBytes,
  }
}

function smallestCount({ partitions }: Sketch): number {
  let least = Infinity
  for (const counts of partitions[0].counts) for (const n of counts) if (n > 0 && n < least) least = n
  return least
}

function showsExtremes({ profile, features, partitions }: Sketch, feature: number): boolean {
  if (features[feature].type !== 'numeric') return false
  const values = partitions[0].counts[feature].subarray(0, -1).reduce((sum, n) => sum + n, 0)
  return values > 0 && (profile === 'paper' || values <= 2)
}
