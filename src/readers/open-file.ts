import { resolve } from 'node:path'
import type { ReadOptions } from '../dataset/index.ts'
import { openCsv } from './csv-table.ts'
import { readError } from './duckdb-error.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import type { FileTable } from './file-table.ts'
import type { FileToOpen } from './file-to-open.ts'
import type { FoundFile } from './find-files.ts'
import { checkGzip } from './gzip-check.ts'
import { openJson } from './json-table.ts'
import { openParquet } from './parquet-table.ts'
import { tableFormat } from './table-format.ts'
import { checkZstd } from './zstd-check.ts'

/**
 * Opens one file of any known format: proves that a packed file is whole, then tells its columns.
 *
 * @throws FORMAT_UNKNOWN, FILE_DAMAGED, ENCODING, RAGGED_ROW, COLUMN_TYPE, COLUMN_DUPLICATE, TOO_MANY_COLUMNS, CANCELLED
 */
export async function openFile(session: DuckDBSession, found: FoundFile, options: ReadOptions): Promise<FileTable> {
  const { path } = found
  const format = tableFormat(path)
  if (format.compression === 'gzip') await checkGzip(found, options)
  if (format.compression === 'zstd') await checkZstd(found)
  const file = { path, absolutePath: resolve(path), format, signal: options.signal }
  try {
    return await openLayout(session, file)
  } catch (error) {
    throw readError(error, path)
  }
}

function openLayout(session: DuckDBSession, file: FileToOpen): Promise<FileTable> {
  switch (file.format.layout) {
    case 'csv':
    case 'tsv':
      return openCsv(session, file)
    case 'json':
    case 'ndjson':
      return openJson(session, file)
    case 'parquet':
      return openParquet(session, file)
  }
}
