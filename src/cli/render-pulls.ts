import type { RankResult } from '../hub/index.ts'
import { pullHead, pullRows, type PullRow } from '../hub/pull-rows.ts'
import { renderTable } from './render-table.ts'

/** Models side by side in one table. */
const MODELS_A_TABLE = 5

/** Each piece of evidence with its pull, in points, and what they come to: one row a piece, one column a model. */
export function renderPulls({ decision }: Pick<RankResult, 'decision'>): string {
  if (!decision) return ''
  const rows = pullRows(decision)
  const tables: string[] = []
  for (let from = 0; from < decision.predicted.length; from += MODELS_A_TABLE) {
    const columns = decision.predicted.slice(from, from + MODELS_A_TABLE).map(({ model }) => ({
      title: model,
      align: 'right' as const,
      text: ({ points }: PullRow) => points.get(model)!,
    }))
    tables.push(renderTable(rows, [{ title: pullHead(decision), text: ({ evidence }) => evidence }, ...columns]))
  }
  return tables.join('\n\n')
}
