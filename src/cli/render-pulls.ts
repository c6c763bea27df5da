import type { RankResult } from '../hub/index.ts'
import { renderTable } from './render-table.ts'

type Predicted = NonNullable<RankResult['decision']>['predicted'][number]

/** Models side by side in one table. */
const MODELS_A_TABLE = 5

/** Name of the line below the pulls: the base and all pulls. */
const SUM = 'expected'

/** Each piece of evidence with its pull, in points, and what they come to: one row a piece, one column a model. */
export function renderPulls({ decision }: Pick<RankResult, 'decision'>): string {
  if (!decision) return ''
  const { base, predicted } = decision
  const isThere = (name: string) => predicted.some(({ pulls }) => pulls.some(({ evidence }) => evidence === name))
  const names = [...[...decision.basis.evidence, 'labels'].filter(isThere), SUM]
  const tables: string[] = []
  for (let from = 0; from < predicted.length; from += MODELS_A_TABLE) {
    const columns = predicted.slice(from, from + MODELS_A_TABLE).map(one => ({
      title: one.model,
      align: 'right' as const,
      text: (name: string) => (name === SUM ? (100 * one.value).toFixed(1) : pullOf(one, name)),
    }))
    tables.push(
      renderTable(names, [{ title: `pull from ${(100 * base).toFixed(1)}, points`, text: name => name }, ...columns]),
    )
  }
  return tables.join('\n\n')
}

function pullOf({ pulls }: Predicted, name: string): string {
  const points = pulls.find(({ evidence }) => evidence === name)?.points
  if (points === undefined) return '–'
  const rounded = Math.round(1000 * points) / 10
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : ''
  return `${sign}${Math.abs(rounded).toFixed(1)}`
}
