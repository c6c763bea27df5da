import type { ProgressHook } from '../common/progress.ts'
import type { Feature } from './feature.ts'

/** Values of a numeric feature: NaN stands for missing. */
export type NumericColumn = Float64Array | Float32Array

/** Values of a categorical or text feature: null stands for missing. */
export type StringColumn = readonly (string | null)[]

export type Column = NumericColumn | StringColumn

/** A run of consecutive rows of one file, column by column. */
export interface ColumnChunk {
  /** Which file of the dataset the rows come from, counted from 0. */
  readonly file: number
  /** Ordinal of the chunk's first row within its file, counted from 0. */
  readonly firstRow: number
  readonly rows: number
  /** One column per feature of the source, in its order, each of length `rows`. */
  readonly columns: readonly Column[]
}

export interface ReadOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: ProgressHook
}

/**
 * A dataset that can be read again and again, in chunks, always in the same order. What a reader gives and a sketch
 * takes; nothing here says where the data lies.
 */
export interface ColumnSource {
  readonly features: readonly Feature[]
  /** Number of rows where it is known without reading, as in Parquet. */
  readonly rows?: number
  chunks(options?: ReadOptions): AsyncIterable<ColumnChunk>
}
