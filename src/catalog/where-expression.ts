import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { WhereCondition, WhereField } from './parse-where.ts'
import type { CatalogSchema } from './schema.ts'

const COLUMNS = {
  name: 'model.name',
  license: 'version.license',
  task: 'version.task',
  updated: 'version.published_at',
  sizeBytes: 'version.size_bytes',
  sourceAccuracy: 'version.source_accuracy',
  rows: 'version.rows',
  opset: 'version.opset',
  parameters: 'version.parameters',
} as const satisfies Record<WhereField, string>

/**
 * A condition as Kysely's expression: fields become known columns and values bound parameters; no text of the user is
 * ever part of a statement. What a version does not state fulfils no comparison, and so every `not` of one.
 */
export function whereExpression(
  eb: ExpressionBuilder<CatalogSchema, 'model' | 'version'>,
  condition: WhereCondition,
): Expression<SqlBool> {
  switch (condition.kind) {
    case 'and':
      return eb.and(condition.sides.map(side => whereExpression(eb, side)))
    case 'or':
      return eb.or(condition.sides.map(side => whereExpression(eb, side)))
    case 'not':
      return eb.not(whereExpression(eb, condition.side))
    case 'in':
      return stated(eb, condition.field, eb(COLUMNS[condition.field], 'in', condition.values as never))
    case 'compare':
      return stated(eb, condition.field, comparison(eb, condition))
  }
}

/** `like` ignores the case of letters (of ASCII alone in SQLite), so that both databases agree. */
function comparison(
  eb: ExpressionBuilder<CatalogSchema, 'model' | 'version'>,
  { field, operator, value }: Extract<WhereCondition, { kind: 'compare' }>,
): Expression<SqlBool> {
  if (operator !== 'like') return eb(COLUMNS[field], operator, value as never)
  return eb(eb.fn<string>('lower', [COLUMNS[field]]), 'like', String(value).toLowerCase())
}

/** False rather than unknown where the column is null. */
function stated(
  eb: ExpressionBuilder<CatalogSchema, 'model' | 'version'>,
  field: WhereField,
  comparison: Expression<SqlBool>,
): Expression<SqlBool> {
  return eb.and([eb(COLUMNS[field], 'is not', null), comparison])
}
