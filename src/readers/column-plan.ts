import { ModelHubError } from '../common/index.ts'
import type { ColumnKind } from './column-kind.ts'
import type { FileColumn, FileTable } from './file-table.ts'

/** What a column can be declared to be. */
export type DeclaredType = 'numeric' | 'categorical' | 'text' | 'boolean' | 'timestamp'

/** A column of the dataset, as all of its files together have it. */
export interface PlannedColumn {
  readonly name: string
  readonly kind: Exclude<ColumnKind, 'unknown' | 'refused'>
  readonly declared?: DeclaredType
  /** True when every file holds single-precision numbers. */
  readonly isSingle: boolean
  /** True when no file has a value in its first rows. */
  readonly isEmpty: boolean
  /** Items of a vector. */
  readonly width: number
  /** DuckDB types of the column, one per file in which it is known. */
  readonly sqlTypes: readonly string[]
}

const DECLARED_KIND = {
  numeric: 'numeric',
  categorical: 'string',
  text: 'string',
  boolean: 'boolean',
  timestamp: 'timestamp',
} as const satisfies Record<DeclaredType, ColumnKind>

/**
 * One column of the dataset from the columns of that name in its files.
 *
 * Columns without a value agree with every kind; where no file has one, the column is numeric. Booleans and strings
 * together are strings. A declared type goes before what the files say.
 *
 * @throws COLUMN_MISSING when a file lacks the column
 * @throws COLUMN_TYPE when the files disagree, or hold a type that makes no feature
 */
export function planColumn(name: string, files: readonly FileTable[], declared?: DeclaredType): PlannedColumn {
  const columns = files.map(file => ({ file, column: columnOf(file, name) }))
  const known = columns.filter(({ column }) => column.kind !== 'unknown')
  const common = {
    name,
    isEmpty: columns.every(({ column }) => column.isEmpty),
    sqlTypes: known.map(({ column }) => column.sqlType),
    width: Math.max(0, ...known.map(({ column }) => column.width)),
  }
  const kind = declared ? DECLARED_KIND[declared] : agreedKind(name, known)
  const isSingle = known.length > 0 && known.every(({ column }) => /^FLOAT\b/.test(column.sqlType))
  return { ...common, kind, declared, isSingle }
}

interface KnownColumn {
  readonly file: FileTable
  readonly column: FileColumn
}

function columnOf(file: FileTable, name: string): FileColumn {
  const column = file.columns.get(name)
  if (!column) throw new ModelHubError('COLUMN_MISSING', `${file.path}: column ${name} is not there`)
  return column
}

function agreedKind(name: string, known: readonly KnownColumn[]): PlannedColumn['kind'] {
  const kinds = new Set(known.map(({ column }) => column.kind))
  const refused = known.find(({ column }) => column.kind === 'refused')
  if (refused) {
    const at = `${refused.file.path}: column ${name}`
    throw new ModelHubError(
      'COLUMN_TYPE',
      `${at}: ${refused.column.sqlType} makes no feature; leave it out: --exclude ${name}`,
    )
  }
  if (kinds.size === 0) return 'numeric'
  if (kinds.size === 2 && kinds.has('boolean') && kinds.has('string')) return 'string'
  if (kinds.size > 1) throw disagreement(name, known)
  return known[0].column.kind as PlannedColumn['kind']
}

function disagreement(name: string, known: readonly KnownColumn[]): ModelHubError {
  const [first] = known
  const other = known.find(({ column }) => column.kind !== first.column.kind) ?? first
  const types = `${first.column.sqlType} in ${first.file.path}, ${other.column.sqlType} in ${other.file.path}`
  return new ModelHubError('COLUMN_TYPE', `column ${name}: ${types}; say which: --types ${name}=text`)
}
