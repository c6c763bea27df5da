import { ModelHubError } from '../common/index.ts'
import { columnKind } from './column-kind.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import { TYPE_SAMPLE_ROWS, type FileColumn } from './file-table.ts'

/** A column of a file before its values have been looked at. */
export interface DeclaredColumn {
  readonly name: string
  readonly ref: string
  readonly sqlType: string
}

/** What is to be looked at, and how. */
export interface ColumnProbe {
  /** The file, for messages. */
  readonly path: string
  /** SQL table expression. */
  readonly relation: string
  readonly columns: readonly DeclaredColumn[]
  /**
   * True for text formats. There a column without a value has no type, strings that are all numbers are numbers, and
   * numbers, dates and booleans need no look: their types come from values.
   */
  readonly isUntyped: boolean
  readonly signal?: AbortSignal
}

/** The columns of a file as their first rows show them. */
interface ProbedColumns {
  readonly columns: ReadonlyMap<string, FileColumn>
  readonly isEmpty: boolean
}

/**
 * Looks at the first TYPE_SAMPLE_ROWS rows: which columns have a value at all, which strings of a text format are all
 * numbers (`inf` among them, which DuckDB takes for a word), and how long a vector is.
 *
 * @throws COLUMN_DUPLICATE when two columns have one name, upper and lower case being the same; DuckDB's own errors pass through
 */
export async function probeColumns(session: DuckDBSession, probe: ColumnProbe): Promise<ProbedColumns> {
  const { columns, isUntyped } = probe
  const looked = columns.filter(({ sqlType }) => !isUntyped || ['string', 'vector'].includes(columnKind(sqlType)))
  if (looked.length === 0) return { isEmpty: false, columns: byName(probe.path, columns.map(unprobed)) }
  const counts = await countSample(session, probe, looked)
  const positions = new Map(looked.map((column, i) => [column, i]))
  const probedColumn = (column: DeclaredColumn): FileColumn => {
    const position = positions.get(column)
    if (position === undefined) return unprobed(column)
    const [values, numbers, width] = counts.slice(1 + 3 * position, 4 + 3 * position)
    const isEmpty = values === 0
    const kind =
      isUntyped && isEmpty ? 'unknown' : !isEmpty && numbers === values ? 'numeric' : columnKind(column.sqlType)
    return { ...column, kind, isEmpty, width }
  }
  return { isEmpty: counts[0] === 0, columns: byName(probe.path, columns.map(probedColumn)) }
}

async function countSample(session: DuckDBSession, probe: ColumnProbe, looked: readonly DeclaredColumn[]) {
  const aggregates = looked.flatMap(({ ref, sqlType }) => [
    `count(${ref})`,
    probe.isUntyped && sqlType === 'VARCHAR' ? `count(TRY_CAST(${ref} AS DOUBLE))` : '-1',
    columnKind(sqlType) === 'vector' ? `any_value(len(${ref}))` : '0',
  ])
  const sample = `SELECT ${looked.map(column => column.ref).join(', ')} FROM ${probe.relation} LIMIT ${TYPE_SAMPLE_ROWS}`
  const [counts] = await session.rows(`SELECT count(*), ${aggregates.join(', ')} FROM (${sample})`, probe.signal)
  return counts.map(Number)
}

function unprobed(column: DeclaredColumn): FileColumn {
  return { ...column, kind: columnKind(column.sqlType), isEmpty: false, width: 0 }
}

function byName(path: string, columns: readonly FileColumn[]): ReadonlyMap<string, FileColumn> {
  const named = new Map<string, FileColumn>()
  const folded = new Set<string>()
  for (const column of columns) {
    const foldedName = column.name.toLowerCase()
    if (folded.has(foldedName)) {
      throw new ModelHubError('COLUMN_DUPLICATE', `${path}: two columns are named ${column.name}, or nearly so`)
    }
    named.set(column.name, column)
    folded.add(foldedName)
  }
  return named
}
