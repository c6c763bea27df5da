import type { RankResult } from '../hub/index.ts'
import { pickRows } from '../hub/ranking-pick.ts'
import { colours } from './colours.ts'
import { byteSize, percent } from './print.ts'
import { renderTable } from './render-table.ts'

/** What to take instead of the best model, where that was asked for. */
export function pickLines(result: RankResult): string[] {
  const pc = colours()
  const { pick } = result
  if (!pick) return []
  if (pick.by === null) return [pc.yellow(`--within: ${pick.reason}`)]
  const { by, margin, within, front } = pick
  const table = renderTable(pickRows(result), [
    { title: 'pick', whole: true, text: ({ what }) => what },
    { title: 'model', text: ({ row }) => row?.model ?? 'not known' },
    { title: by, align: 'right', text: ({ accuracy }) => percent(accuracy) },
    { title: 'size', align: 'right', text: ({ row }) => (row ? byteSize(row.sizeBytes) : '–') },
    { title: 'ms/row', align: 'right', text: ({ row }) => row?.millisecondsPerRow?.toFixed(3) ?? '–' },
    { title: 'licence', text: ({ row }) => row?.license ?? '–' },
  ])
  const head = `Within ${percent(margin)} of the best ${by}: ${within.length} of ${result.results.length} models`
  return ['', pc.bold(head), table, pc.dim(`Pareto front of ${by}, size and time: ${front.join(', ')}`), '']
}
