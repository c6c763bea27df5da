import type { PlannedColumn } from './column-plan.ts'
import { readError } from './duckdb-error.ts'
import type { DuckDBSession, StreamedChunk } from './duckdb-session.ts'
import { internalFault } from './internal-fault.ts'
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
export async function* streamFile(session: DuckDBSession, read: FileRead): AsyncGenerator<StreamedChunk> {
  const { file, columns, select, limit } = read
  try {
    yield* session.stream({ ...fileSelect(file, columns, select), limit }, read.signal)
  } catch (error) {
    const refs = [...file.columns.values()].map(column => column.ref)
    const fault = await internalFault(error, file.relation(new Map()), refs)
    throw readError(fault, file.path, file.columns.values())
  }
}
