import { ModelHubError } from '../common/index.ts'
import { checkColumnCount } from './column-limit.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import type { DeclaredColumn } from './probe-columns.ts'
import { quoteIdentifier } from './sql-quoting.ts'

/** A relation of which DuckDB knows the columns. */
export interface Described {
  /** The file, for messages. */
  readonly path: string
  /** SQL table expression. */
  readonly relation: string
  /** SQL query for the names as they stand in the file. */
  readonly ownNames: string
  readonly signal?: AbortSignal
}

/**
 * The columns of a relation, as DuckDB gives them.
 *
 * @throws TOO_MANY_COLUMNS above MAX_FEATURES
 * @throws COLUMN_DUPLICATE when DuckDB had to change a name: it makes `a_1` of a second `a`, upper and lower case being
 *   the same to it, and `C0` of an empty name
 */
export async function describeColumns(
  session: DuckDBSession,
  described: Described,
): Promise<readonly DeclaredColumn[]> {
  const { path, relation, signal } = described
  const rows = await session.rows(`DESCRIBE SELECT * FROM ${relation}`, signal)
  checkColumnCount(path, rows.length)
  const columns = rows.map(([name, sqlType]) => ({
    name: String(name),
    ref: quoteIdentifier(String(name)),
    sqlType: String(sqlType),
  }))
  const suspects = changedLookalikes(columns.map(column => column.name))
  if (suspects.length > 0) {
    const own = new Set((await session.rows(described.ownNames, signal)).map(([name]) => name))
    const changed = suspects.find(name => !own.has(name))
    const reason = 'two columns have one name (upper and lower case are the same), or a column has none'
    if (changed) throw new ModelHubError('COLUMN_DUPLICATE', `${path}: ${reason}: DuckDB calls it ${changed}`)
  }
  return columns
}

function changedLookalikes(names: readonly string[]): readonly string[] {
  const folded = new Set(names.map(name => name.toLowerCase()))
  return names.filter(name => {
    const base = /^(.+)_\d+$/.exec(name.toLowerCase())?.[1]
    return /^C\d+$/.test(name) || (base !== undefined && folded.has(base))
  })
}
