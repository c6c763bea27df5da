import type { DuckDBDataChunk } from '@duckdb/node-api'
import type { PlannedColumn } from './column-plan.ts'
import { readError } from './duckdb-error.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import { fileSelect, type Selection } from './file-select.ts'
import type { FileTable } from './file-table.ts'

/** What to read of one file. */
export interface FileRead {
  readonly file: FileTable
  readonly columns: readonly PlannedColumn[]
  readonly select: Selection
  /** Read no more rows than this. */
  readonly limit?: number
  readonly signal?: AbortSignal
}

/**
 * The chunks of one file, in the order of its rows.
 *
 * @throws FILE_DAMAGED, ENCODING, RAGGED_ROW, COLUMN_TYPE, CANCELLED
 */
export async function* streamFile(session: DuckDBSession, read: FileRead): AsyncGenerator<DuckDBDataChunk> {
  const { file, columns, select, limit } = read
  const sql = fileSelect(file, columns, select) + (limit === undefined ? '' : ` LIMIT ${limit}`)
  try {
    yield* session.stream(sql, read.signal)
  } catch (error) {
    throw readError(error, file.path, file.columns.values())
  }
}
