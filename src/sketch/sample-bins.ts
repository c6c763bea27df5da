import type { Column, NumericColumn, StringColumn } from '../dataset/column-chunk.ts'
import type { Feature } from '../dataset/feature.ts'
import { equiDepthBins, ROWS_PER_BIN } from './equi-depth.ts'
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

/** A token or category seen in fewer rows than this of the sample is counted as `other`. */
const MIN_ROWS = 3

/**
 * The bins of every feature of a sample.
 *
 * @param columns one per feature, each of length `rows`
 */
export function binsOfSample(features: readonly Feature[], columns: readonly Column[], rows: number): FeatureBins[] {
  const maxCategories = Math.max(1, Math.min(WHOLE_BINS, Math.floor(rows / ROWS_PER_BIN)))
  return features.map((feature, f) => {
    if (feature.type === 'numeric') return equiDepthBins(sortedFinite(columns[f] as NumericColumn), WHOLE_BINS)
    const hashes = occurrences(columns[f] as StringColumn, feature)
    return frequentHashes(hashes, feature.type === 'text' ? WHOLE_TOKENS : maxCategories)
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

/** How often each hash occurs, of those that enough rows have. */
function occurrences(column: StringColumn, feature: Feature): Map<number, number> {
  const counts = new Map<number, number>()
  const rows = new Map<number, number>()
  const add = (tally: Map<number, number>, hash: number) => tally.set(hash, (tally.get(hash) ?? 0) + 1)
  for (const value of column) {
    if (value === null) continue
    const hashes = valueHashes(value, feature)
    for (const hash of hashes) add(counts, hash)
    for (const hash of new Set(hashes)) add(rows, hash)
  }
  for (const [hash, n] of rows) if (n < MIN_ROWS) counts.delete(hash)
  return counts
}

function sortedFinite(column: NumericColumn): Float64Array {
  return new Float64Array(column.filter(Number.isFinite).sort()) // ten times faster than Float64Array.from
}
