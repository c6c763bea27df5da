import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { WhereCondition, WhereField } from './parse-where.ts'
import type { CatalogSchema } from './schema.ts'

const COLUMNS = {
  name: 'model.name',
  license: 'version.license',
  task: 'version.task',
  view: 'version.view',
  updated: 'version.published_at',
  sizeBytes: 'version.size_bytes',
  sourceAccuracy: 'version.source_accuracy',
  rows: 'version.rows',
  opset: 'version.opset',
  parameters: 'version.parameters',
} as const satisfies Record<Exclude<WhereField, 'features'>, string>

/** What a field stands for in a statement. */
function operand(eb: ExpressionBuilder<CatalogSchema, 'model' | 'version'>, field: WhereField) {
  // Four bytes a feature; both databases measure bytes.
  if (field === 'features') return sql<number>`length(${eb.ref('version.feature_slots')}) / 4`
  return eb.ref(COLUMNS[field])
}

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
      return stated(eb, condition.field, eb(operand(eb, condition.field), 'in', condition.values as never))
    case 'compare':
      return stated(eb, condition.field, comparison(eb, condition))
  }
}

/** `like` ignores the case of letters (of ASCII alone in SQLite), so that both databases agree. */
function comparison(
  eb: ExpressionBuilder<CatalogSchema, 'model' | 'version'>,
  { field, operator, value }: Extract<WhereCondition, { kind: 'compare' }>,
): Expression<SqlBool> {
  if (operator !== 'like') return eb(operand(eb, field), operator, value as never)
  return eb(eb.fn<string>('lower', [operand(eb, field)]), 'like', String(value).toLowerCase())
}

/** False rather than unknown where the column is null. */
function stated(
  eb: ExpressionBuilder<CatalogSchema, 'model' | 'version'>,
  field: WhereField,
  comparison: Expression<SqlBool>,
): Expression<SqlBool> {
  return eb.and([eb(operand(eb, field), 'is not', null), comparison])
}
