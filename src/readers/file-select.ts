import type { PlannedColumn } from './column-plan.ts'
import type { StreamedQuery } from './duckdb-session.ts'
import type { FileTable } from './file-table.ts'

/** SQL expressions over a column, given the identifier a file has for it. */
export type Selection = (column: PlannedColumn, ref: string) => readonly string[]

/**
 * The SELECT that reads columns of one file in the order of its rows.
 *
 * @param columns at least one
 */
export function fileSelect(file: FileTable, columns: readonly PlannedColumn[], select: Selection): StreamedQuery {
  const expressions = columns.flatMap(column => select(column, file.columns.get(column.name)!.ref))
  const readTypes = new Map(columns.flatMap(column => readType(file, column)))
  return { expressions, from: file.relation(readTypes) }
}

/** What a text format is to parse a column as, where that is not VARCHAR. */
function readType(file: FileTable, { name, kind, declared }: PlannedColumn): [string, string][] {
  const { kind: ownKind, sqlType } = file.columns.get(name)!
  if (kind === 'numeric') return [[name, 'DOUBLE']]
  if (kind === 'timestamp' && declared) return [[name, 'TIMESTAMP']]
  const isNative = ownKind === kind && (kind === 'timestamp' || kind === 'vector')
  return isNative ? [[name, sqlType]] : []
}
