import type { Column, NumericColumn, StringColumn } from '../dataset/column-chunk.ts'
import type { Feature } from '../dataset/feature.ts'
import { sortSingles } from '../math/sort-singles.ts'
import { equiDepthBins, ROWS_PER_BIN } from './equi-depth.ts'
import type { FeatureBins } from './feature-bins.ts'
import { frequentHashes } from './frequent-hashes.ts'
import type { StringHasher } from './key-id.ts'
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
export function binsOfSample(
  features: readonly Feature[],
  columns: readonly Column[],
  rows: number,
  hash: StringHasher,
): FeatureBins[] {
  const maxCategories = maxCategoriesFor(rows)
  return features.map((feature, f) => {
    if (feature.type === 'numeric') return equiDepthBins(sortedFinite(columns[f] as NumericColumn), WHOLE_BINS)
    const hashes = occurrences(columns[f] as StringColumn, feature, hash)
    return frequentHashes(hashes, feature.type === 'text' ? WHOLE_TOKENS : maxCategories)
  })
}

/** Most bins of a categorical or merged feature of a dataset of so many rows, so that none stands for too few. */
export function maxCategoriesFor(rows: number): number {
  return Math.max(1, Math.min(WHOLE_BINS, Math.floor(rows / ROWS_PER_BIN)))
}

/** Most bins a partition keeps of a feature. */
export function partitionBins(feature: Feature): number {
  return feature.type === 'text' ? PARTITION_TOKENS : PARTITION_BINS
}

/** The hashes of one value: of its tokens where the feature is text, of itself where it is categorical. */
export function valueHashes(value: string, feature: Feature, hash: StringHasher): number[] {
  return feature.type === 'text' ? tokenize(value).map(hash) : [hash(value)]
}

/** How often each hash occurs, of those that enough rows have. */
function occurrences(column: StringColumn, feature: Feature, hash: StringHasher): Map<number, number> {
  const seen = new Map<number, { count: number; rows: number; lastRow: number }>()
  column.forEach((value, row) => {
    if (value === null) return
    for (const found of valueHashes(value, feature, hash)) {
      const entry = seen.get(found)
      if (entry === undefined) seen.set(found, { count: 1, rows: 1, lastRow: row })
      else {
        entry.count++
        if (entry.lastRow !== row) entry.rows++
        entry.lastRow = row
      }
    }
  })
  const counts = new Map<number, number>()
  for (const [found, { count, rows }] of seen) if (rows >= MIN_ROWS) counts.set(found, count)
  return counts
}

function sortedFinite(column: NumericColumn): Float64Array {
  const finite = column.slice()
  let kept = 0
  for (let row = 0; row < column.length; row++) {
    const value = column[row]
    if (value - value === 0) finite[kept++] = value
  }
  const all = finite.subarray(0, kept)
  return all instanceof Float32Array ? new Float64Array(sortSingles(all)) : all.sort()
}
