import type { StringColumn } from '../dataset/index.ts'
import { chunkColumns } from './chunk-columns.ts'
import type { PlannedColumn } from './column-plan.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import type { FileTable } from './file-table.ts'
import { streamFile } from './stream-file.ts'
import { addToTally, emptyTally, isTallyFull, stringKind } from './string-kind.ts'

/** Rows of the dataset among which values of string columns are looked for. */
const SAMPLE_ROWS = 100_000

/**
 * Whether each undeclared string column is categorical or text, by the rule of stringKind over its first
 * STRING_SAMPLE_VALUES values among the first 100,000 rows of the dataset.
 *
 * @returns the kind by column name
 */
export async function sampleStrings(
  session: DuckDBSession,
  files: readonly FileTable[],
  options: { readonly columns: readonly PlannedColumn[]; readonly signal?: AbortSignal },
): Promise<ReadonlyMap<string, 'categorical' | 'text'>> {
  const columns = options.columns.filter(({ kind, declared }) => kind === 'string' && !declared)
  const tallies = columns.map(emptyTally)
  let rows = 0
  for (const file of columns.length > 0 ? files : []) {
    const select = (_: PlannedColumn, ref: string) => [`CAST(${ref} AS VARCHAR)`]
    const read = { file, columns, select, limit: SAMPLE_ROWS - rows, signal: options.signal }
    for await (const chunk of streamFile(session, read)) {
      chunkColumns(chunk).forEach((column, i) => addToTally(tallies[i], column as StringColumn))
      rows += chunk.rows
      if (tallies.every(isTallyFull)) break
    }
    if (rows >= SAMPLE_ROWS || tallies.every(isTallyFull)) break
  }
  return new Map(columns.map(({ name }, i) => [name, stringKind(tallies[i])]))
}
