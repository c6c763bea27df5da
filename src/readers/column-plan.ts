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
  const known = knownColumns(name, files)
  const kind = declared ? DECLARED_KIND[declared] : agreedKind(name, known)
  return { ...commonPlan(name, files, known), kind, declared }
}

/**
 * The column of labels: boolean where every file has booleans, else strings whatever the files hold.
 *
 * @throws COLUMN_MISSING when a file lacks the column
 * @throws COLUMN_TYPE when a file holds lists or other nested values in it
 */
export function planLabel(name: string, files: readonly FileTable[]): PlannedColumn {
  const known = knownColumns(name, files)
  const nested = known.find(({ column }) => column.kind === 'refused' || column.kind === 'vector')
  if (nested) throw new ModelHubError('COLUMN_TYPE', `${at(nested)}: ${nested.column.sqlType} makes no label`)
  const isBoolean = known.length > 0 && known.every(({ column }) => column.kind === 'boolean')
  return { ...commonPlan(name, files, known), kind: isBoolean ? 'boolean' : 'string' }
}

interface KnownColumn {
  readonly file: FileTable
  readonly column: FileColumn
}

function commonPlan(name: string, files: readonly FileTable[], known: readonly KnownColumn[]) {
  return {
    name,
    isSingle: known.length > 0 && known.every(({ column }) => /^FLOAT\b/.test(column.sqlType)),
    isEmpty: files.every(file => file.columns.get(name)!.isEmpty),
    width: Math.max(0, ...known.map(({ column }) => column.width)),
    sqlTypes: known.map(({ column }) => column.sqlType),
  }
}

/** The column in each file where its kind is known. */
function knownColumns(name: string, files: readonly FileTable[]): readonly KnownColumn[] {
  const columns = files.map(file => {
    const column = file.columns.get(name)
    if (!column) throw new ModelHubError('COLUMN_MISSING', `${file.path}: column ${name} is not there`)
    return { file, column }
  })
  return columns.filter(({ column }) => column.kind !== 'unknown')
}

function agreedKind(name: string, known: readonly KnownColumn[]): PlannedColumn['kind'] {
  const refused = known.find(
    ({ column }) => column.kind === 'refused' || (column.kind === 'vector' && column.width === 0),
  )
  if (refused) {
    const reason = refused.column.kind === 'vector' ? 'without an item makes' : 'makes'
    const text = `${at(refused)}: ${refused.column.sqlType} ${reason} no feature; leave it out: --exclude ${name}`
    throw new ModelHubError('COLUMN_TYPE', text)
  }
  const kinds = new Set(known.map(({ column }) => column.kind))
  if (kinds.size === 0) return 'numeric'
  if (kinds.size === 2 && kinds.has('boolean') && kinds.has('string')) return 'string'
  if (kinds.size > 1) throw disagreement(name, known)
  return known[0].column.kind as PlannedColumn['kind']
}

function disagreement(name: string, known: readonly KnownColumn[]): ModelHubError {
  const [first] = known
  const other = known.find(({ column }) => column.kind !== first.column.kind)!
  const types = `${first.column.sqlType} in ${first.file.path}, ${other.column.sqlType} in ${other.file.path}`
  return new ModelHubError('COLUMN_TYPE', `column ${name}: ${types}; say which: --types ${name}=text`)
}

function at({ file, column }: KnownColumn): string {
  return `${file.path}: column ${column.name}`
}
