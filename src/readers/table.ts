import type { ColumnSource, ReadOptions } from '../dataset/index.ts'
import type { DeclaredType } from './column-plan.ts'

/** How a table is to be read. */
export interface TableOptions extends ReadOptions {
  /** Column set apart from the features. */
  readonly label?: string
  /** Columns left out. */
  readonly exclude?: readonly string[]
  /** Types by column name, where the inferred ones will not do. */
  readonly types?: Readonly<Record<string, DeclaredType>>
}

/** A dataset in files. It can be read again and again, in the same order each time, until it is closed. */
export interface Table extends ColumnSource {
  /** The column set apart, if any. */
  readonly label?: string
  /** What is looked at instead of the data as they lie; absent for a plain table. */
  readonly view?: string
  /** Paths in the order of their ordinals. */
  readonly files: readonly string[]
  /** What the user should know, though it is no fault. */
  readonly warnings: readonly string[]
  /** Sum of the files' sizes as they lie on disk. */
  readonly sizeBytes: number
  /**
   * All labels in the order of the rows, as strings; null stands for missing.
   *
   * @throws USAGE when no label column was named
   */
  labels(options?: ReadOptions): Promise<readonly (string | null)[]>
  /** Frees the memory; a closed table cannot be read. */
  close(): void
}
