import { MAX_FEATURES } from '../common/limits.ts'
import { ModelHubError } from '../common/modelhub-error.ts'
import type { Column, NumericColumn, StringColumn } from '../dataset/column-chunk.ts'
import type { Feature } from '../dataset/feature.ts'
import { equiDepthBins } from './equi-depth.ts'
import type { FeatureBins } from './feature-bins.ts'
import { frequentHashes } from './frequent-hashes.ts'
import { stringHash } from './string-hash.ts'
import { tokenize } from './tokenize.ts'

/** Bins of the whole dataset. */
export const WHOLE_BINS = 64
/** Bins of a partition. */
export const PARTITION_BINS = 32
/** Tokens kept of a text: of the whole dataset, and of a partition. */
export const WHOLE_TOKENS = 20_000
export const PARTITION_TOKENS = 512

/** A bin stands for at least this many rows, so that none shows a single one. */
const ROWS_PER_BIN = 10

/** A token or category seen in fewer rows than this of the sample is counted as `other`. */
const MIN_OCCURRENCES = 3

/**
 * The bins of every feature of a sample.
 *
 * @param columns one per feature, each of length `rows`
 * @throws TOO_MANY_COLUMNS
 */
export function binsOfSample(features: readonly Feature[], columns: readonly Column[], rows: number): FeatureBins[] {
  if (features.length > MAX_FEATURES) {
    throw new ModelHubError(
      'TOO_MANY_COLUMNS',
      `features: expected at most ${MAX_FEATURES}, got ${features.length}; leave some out with --exclude`,
    )
  }
  const maxBins = Math.max(1, Math.min(WHOLE_BINS, Math.floor(rows / ROWS_PER_BIN)))
  return features.map((feature, f) => {
    if (feature.type === 'numeric') return equiDepthBins(sortedFinite(columns[f] as NumericColumn), maxBins)
    const hashes = countHashes(hashesOf(columns[f] as StringColumn, feature), MIN_OCCURRENCES)
    return frequentHashes(hashes, feature.type === 'text' ? WHOLE_TOKENS : maxBins)
  })
}

/** Most bins a partition keeps of a feature. */
export function partitionBins(feature: Feature): number {
  return feature.type === 'text' ? PARTITION_TOKENS : PARTITION_BINS
}

/** The hashes of one value: of its tokens where the feature is text, of itself where it is categorical. */
export function valueHashes(value: string, feature: Feature): number[] {
  return feature.type === 'text' ? tokenize(value).map(token => stringHash(token)) : [stringHash(value)]
}

function* hashesOf(column: StringColumn, feature: Feature): Generator<number> {
  for (const value of column) if (value !== null) yield* valueHashes(value, feature)
}

function countHashes(hashes: Iterable<number>, least: number): Map<number, number> {
  const counts = new Map<number, number>()
  for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1)
  for (const [hash, count] of counts) if (count < least) counts.delete(hash)
  return counts
}

function sortedFinite(column: NumericColumn): Float64Array {
  return new Float64Array(column.filter(Number.isFinite).sort()) // ten times faster than Float64Array.from
}
