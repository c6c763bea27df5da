import type { LabelResult } from '../hub/index.ts'
import { colours } from './colours.ts'
import { percent } from './print.ts'
import { renderTable } from './render-table.ts'

/** What the labels say of the models so far, as a person reads it. */
export function renderLabelling(result: LabelResult, { most = Infinity } = {}): string {
  const pc = colours()
  const { query, results, failures, expectedRegret, disagreement } = result
  const shown = results.slice(0, most)
  const skipped = query.skippedRows > 0 ? `, ${query.skippedRows} skipped` : ''
  const right = 'right' as const
  return [
    pc.bold(`${query.labelledRows} of ${query.rows} rows labelled${skipped}`),
    renderTable(shown, [
      { title: '#', align: right, text: row => String(row.rank) },
      { title: 'model', text: row => `${row.model}@${row.version}` },
      { title: 'expected accuracy', align: right, text: row => percent(row.accuracy) },
      { title: 'best with', align: right, text: row => percent(row.best) },
      { title: 'right of labelled', align: right, spare: true, text: row => String(row.right) },
      { title: 'fit', align: right, spare: true, text: row => row.fit?.toFixed(3) ?? '–' },
    ]),
    ...(shown.length < results.length ? [pc.dim(`and ${results.length - shown.length} more`)] : []),
    `${shown[0].model} is expected to lose ${percent(expectedRegret)} of accuracy against the best.`,
    pc.dim(`The models disagree on ${percent(disagreement)} of the rows; labels are asked for those alone.`),
    ...failures.map(({ model, version, reason }) => pc.yellow(`${model}@${version} could not be run: ${reason}`)),
  ].join('\n')
}

/** What is known of a row: what it holds, and who says what of it. */
export function renderRow(
  row: number,
  content: Readonly<Record<string, unknown>>,
  said: LabelResult['next'][number]['predictions'],
): string {
  const pc = colours()
  const names = Object.keys(content)
  const cells = names.slice(0, MOST_COLUMNS).map(name => `  ${pc.dim(name)}  ${String(content[name] ?? '–')}`)
  const more = names.length > MOST_COLUMNS ? [pc.dim(`  and ${names.length - MOST_COLUMNS} more columns`)] : []
  const sayers = new Map<string, string[]>()
  for (const [model, label] of Object.entries(said)) sayers.set(label, [...(sayers.get(label) ?? []), model])
  const votes = [...sayers]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([label, models]) => {
      const [first, second, ...others] = models
      const rest = others.length > 0 ? ` and ${others.length} more` : ''
      return `  ${pc.cyan(label)}  ${[first, ...(second === undefined ? [] : [second])].join(', ')}${rest}`
    })
  return [pc.bold(`Row ${row}`), ...cells, ...more, pc.dim('  the models say'), ...votes].join('\n')
}

const MOST_COLUMNS = 24
