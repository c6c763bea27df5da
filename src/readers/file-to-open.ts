import type { TableFormat } from './table-format.ts'

/** A file that has been found and checked, as it is opened. */
export interface FileToOpen {
  /** The path as it was given, for messages. */
  readonly path: string
  readonly absolutePath: string
  readonly format: TableFormat
  readonly signal?: AbortSignal
}
