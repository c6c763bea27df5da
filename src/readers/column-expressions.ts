import type { Feature } from '../dataset/index.ts'
import type { PlannedColumn } from './column-plan.ts'

/** Numeric parts of a date or time; of a time of day there is only the hour, of a date all but the hour. */
const PARTS = {
  year: 'year',
  month: 'month',
  day: 'day',
  weekday: 'isodow',
  hour: 'hour',
} as const

type Part = keyof typeof PARTS

/** What a column of the dataset becomes: its features, and the SQL that reads them. */
export interface ColumnExpressions {
  readonly features: readonly Feature[]
  /** One expression per feature, but a single one for a vector, whose items are parted later. */
  readonly expressions: (ref: string) => readonly string[]
}

/**
 * The features of a column and the SQL expressions over it. Numbers are DOUBLE, or FLOAT where every file is, with NaN
 * for missing; a timestamp `t` becomes `t.year`, `t.month` (1–12), `t.day` (1–31), `t.weekday` (1 = Monday … 7) and
 * `t.hour` (0–23), in UTC; a vector `v` becomes `v[0]`, `v[1]`, ….
 *
 * @param stringType what a column of strings is, `categorical` or `text`
 */
export function columnExpressions(column: PlannedColumn, stringType: 'categorical' | 'text'): ColumnExpressions {
  const { name, kind } = column
  switch (kind) {
    case 'numeric':
      return {
        features: [{ name, type: 'numeric' }],
        expressions: ref => [number(quantity(column, ref), column.isSingle)],
      }
    case 'boolean':
      return {
        features: [{ name, type: 'categorical' }],
        expressions: ref => [truth(ref, column.declared !== undefined)],
      }
    case 'string':
      return { features: [{ name, type: stringType }], expressions: ref => [text(ref)] }
    case 'timestamp':
      return timestampExpressions(column)
    case 'vector':
      return vectorExpressions(column)
  }
}

/** A column as strings, for labels: a boolean as `true` or `false` in any format. */
export function labelExpression(column: PlannedColumn, ref: string): string {
  return column.kind === 'boolean' ? truth(ref, false) : text(ref)
}

/** An interval counts in seconds. */
function quantity({ sqlTypes }: PlannedColumn, ref: string): string {
  return sqlTypes.includes('INTERVAL') ? `epoch(${ref})` : ref
}

function number(expression: string, isSingle: boolean): string {
  const sqlType = isSingle ? 'FLOAT' : 'DOUBLE'
  return `coalesce(CAST(${expression} AS ${sqlType}), CAST('nan' AS ${sqlType}))`
}

function text(ref: string): string {
  return `CAST(${ref} AS VARCHAR)`
}

/** In text formats `True` is `true`, but `yes` and `F`, which DuckDB would take for booleans too, stay what they are. */
function truth(ref: string, isDeclared: boolean): string {
  if (isDeclared) return `CAST(CAST(${ref} AS BOOLEAN) AS VARCHAR)`
  const spelled = text(ref)
  return `CASE lower(${spelled}) WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE ${spelled} END`
}

function timestampExpressions({ name, sqlTypes, declared }: PlannedColumn): ColumnExpressions {
  const isTime = declared === undefined && sqlTypes.every(sqlType => /^TIME\b|^TIME_/.test(sqlType))
  const isDate = declared === undefined && sqlTypes.every(sqlType => sqlType === 'DATE')
  const parts: readonly Part[] = isTime
    ? ['hour']
    : isDate
      ? ['year', 'month', 'day', 'weekday']
      : (Object.keys(PARTS) as Part[])
  const sqlType = isTime ? 'TIME' : 'TIMESTAMP'
  return {
    features: parts.map(part => ({ name: `${name}.${part}`, type: 'numeric' })),
    expressions: ref => parts.map(part => number(`${PARTS[part]}(CAST(${ref} AS ${sqlType}))`, false)),
  }
}

function vectorExpressions({ name, width, isSingle }: PlannedColumn): ColumnExpressions {
  const sqlType = isSingle ? 'FLOAT' : 'DOUBLE'
  const nan = `CAST('nan' AS ${sqlType})`
  return {
    features: Array.from({ length: width }, (_, i) => ({ name: `${name}[${i}]`, type: 'numeric' })),
    expressions: ref => {
      const items = `list_transform(CAST(${ref} AS ${sqlType}[]), item -> coalesce(item, ${nan}))`
      return [
        `CAST(coalesce(${items}, list_resize(CAST([] AS ${sqlType}[]), ${width}, ${nan})) AS ${sqlType}[${width}])`,
      ]
    },
  }
}
