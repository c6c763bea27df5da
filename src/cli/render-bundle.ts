import type { SearchResult } from '../hub/index.ts'
import { colours } from './colours.ts'
import { percent } from './print.ts'
import { renderTable } from './render-table.ts'

/** Features shown of what no model covers. */
const FEATURES = 5

/** Why a model covers less here than its coverage says. */
const NEAREST = 'Covered: a part that the model matches, where no other comes nearer by more than sampling adds.'

/** The models that together cover most of a target, where that was asked for. */
export function bundleLines({ bundle, query, parameters }: SearchResult): string[] {
  if (!bundle) return []
  const pc = colours()
  const { models, parts, share, bestSingle, uncovered } = bundle
  const together = `${models.length === 1 ? 'one model covers' : `${models.length} models together cover`} ${percent(share)}`
  const head = `Bundle: ${models.length === 0 ? 'no model covers any part' : `${together} of the rows, the best alone ${percent(bestSingle)}`}`
  const table = renderTable(models, [
    { title: 'model', text: row => `${row.model}@${row.version}` },
    { title: 'fit', align: 'right', text: row => row.fit.toFixed(3) },
    { title: `parts of ${parts}`, align: 'right', text: row => String(row.parts) },
    { title: 'gain', align: 'right', text: row => percent(row.gain) },
    { title: 'together', align: 'right', text: row => percent(row.share) },
  ])
  const lines = models.length > 0 ? [table, ...(parameters.threshold === 'auto' ? [pc.dim(NEAREST)] : [])] : []
  return ['', pc.bold(head), ...lines, ...uncoveredLines(uncovered, query.rows)]
}

function uncoveredLines(uncovered: NonNullable<SearchResult['bundle']>['uncovered'], rows: number): string[] {
  const pc = colours()
  if (uncovered === null) return [pc.dim('Every part is covered.')]
  const share = percent(uncovered.rows / rows)
  const figure = (mean: number | null) => (mean === null ? '–' : String(Number(mean.toPrecision(4))))
  const table = renderTable(uncovered.features.slice(0, FEATURES), [
    { title: 'feature', text: ({ feature }) => feature },
    { title: 'mean there', align: 'right', text: ({ mean }) => figure(mean) },
    { title: 'mean of all', align: 'right', text: ({ wholeMean }) => figure(wholeMean) },
    { title: 'JS', align: 'right', text: ({ js }) => js.toFixed(4) },
  ])
  return ['', pc.yellow(`No model covers ${uncovered.rows} rows (${share}). What is special about them:`), table]
}
