import { ModelHubError } from '../common/index.ts'
import type { Feature } from '../dataset/index.ts'
import { columnExpressions, type ColumnExpressions } from './column-expressions.ts'
import { checkColumnCount } from './column-limit.ts'
import type { PlannedColumn } from './column-plan.ts'
import { DuckDBSession } from './duckdb-session.ts'
import { DuckDBTable } from './duckdb-table.ts'
import { TYPE_SAMPLE_ROWS, type FileTable } from './file-table.ts'
import { findFiles, type FoundFile } from './find-files.ts'
import { openFile } from './open-file.ts'
import { sampleStrings } from './string-sample.ts'
import { tableFormat } from './table-format.ts'
import { planTable, type TablePlan } from './table-plan.ts'
import type { Table, TableOptions } from './table.ts'

/**
 * Opens one or several files, or globs of them, as one table: CSV, TSV, JSON and NDJSON, each also with .gz or .zst, and
 * Parquet. Types are told from the first rows; nothing is read in full but a .gz file, once, to prove that it is whole.
 * Close the table when done.
 *
 * @throws USAGE, FILE_NOT_FOUND, FILE_UNREADABLE, FORMAT_UNKNOWN, FILE_DAMAGED, ENCODING, RAGGED_ROW, COLUMN_TYPE,
 *   COLUMN_MISSING, COLUMN_DUPLICATE, TOO_MANY_COLUMNS, EMPTY_DATASET (no row, or no column left), CANCELLED
 */
export async function openTable(paths: string | readonly string[], options: TableOptions = {}): Promise<Table> {
  const found = await findFiles(paths)
  found.forEach(({ path }) => tableFormat(path)) // a wrong name is told before the first file is opened
  const session = await DuckDBSession.open()
  try {
    return await openFound(session, found, options)
  } catch (error) {
    session.close()
    throw error
  }
}

async function openFound(session: DuckDBSession, found: readonly FoundFile[], options: TableOptions): Promise<Table> {
  const files: FileTable[] = []
  for (const file of found) files.push(await openFile(session, file, options))
  const filled = files.filter(file => !file.isEmpty)
  if (filled.length === 0) throw new ModelHubError('EMPTY_DATASET', `${files[0].path}: no rows`)
  const plan = planTable(filled, options)
  const stringTypes = await sampleStrings(session, filled, { columns: plan.columns, signal: options.signal })
  const expressions = new Map(plan.columns.map(column => [column, expressionsOf(column, stringTypes)]))
  checkFeatures(files[0].path, [...expressions.values()])
  const sizeBytes = found.reduce((sum, file) => sum + file.sizeBytes, 0)
  return new DuckDBTable({ session, files, plan, expressions, warnings: warningsOf(files, plan), sizeBytes })
}

function expressionsOf(column: PlannedColumn, sampled: ReadonlyMap<string, 'categorical' | 'text'>): ColumnExpressions {
  return columnExpressions(column, column.declared === 'text' ? 'text' : (sampled.get(column.name) ?? 'categorical'))
}

function checkFeatures(path: string, expressions: readonly ColumnExpressions[]): void {
  const features: readonly Feature[] = expressions.flatMap(column => column.features)
  checkColumnCount(path, features.length)
  const names = new Set<string>()
  for (const { name } of features) {
    if (names.has(name)) throw new ModelHubError('COLUMN_DUPLICATE', `${path}: two features are named ${name}`)
    names.add(name)
  }
}

function warningsOf(files: readonly FileTable[], { columns }: TablePlan): readonly string[] {
  const noRows = files.filter(file => file.isEmpty).map(file => `${file.path}: no rows`)
  const noValue = columns
    .filter(column => column.isEmpty)
    .map(({ name }) => `column ${name}: no value in the first ${TYPE_SAMPLE_ROWS} rows; kept, as missing`)
  return [...files.flatMap(file => file.warnings), ...noRows, ...noValue]
}
