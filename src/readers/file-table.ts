import type { ColumnKind } from './column-kind.ts'

/** A column as one file has it. */
export interface FileColumn {
  readonly name: string
  /** The column in SQL over the file's relation: a quoted identifier. */
  readonly ref: string
  /** DuckDB's type, as in `DOUBLE`. */
  readonly sqlType: string
  readonly kind: ColumnKind
  /** True when none of the first TYPE_SAMPLE_ROWS rows has a value. */
  readonly isEmpty: boolean
  /** Number of items of a vector, 0 otherwise and for a vector without a value. */
  readonly width: number
}

/** One file of a dataset: its columns, and the SQL that reads it. */
export interface FileTable {
  readonly path: string
  /** By name, in the file's order. */
  readonly columns: ReadonlyMap<string, FileColumn>
  /** True when there is not a single row. */
  readonly isEmpty: boolean
  /** Number of rows where the file states it. */
  readonly rows?: number
  readonly warnings: readonly string[]
  /**
   * The SQL table expression that reads the file.
   *
   * @param readTypes by column name, the DuckDB type to parse a column of a text format as; the others are parsed as
   *   VARCHAR. Parquet has its own types.
   */
  relation(readTypes: ReadonlyMap<string, string>): string
}

/** Rows at the start of a file that the types of its columns are told from. */
export const TYPE_SAMPLE_ROWS = 20_480
