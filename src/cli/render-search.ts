import { basisText, blindText, expectedHead, expectedText, standingText } from '../hub/decision-words.ts'
import type { SearchResult } from '../hub/index.ts'
import { METRICS, type MetricName } from '../search/metrics.ts'
import { colours } from './colours.ts'
import { byteSize, percent } from './print.ts'
import { receiptLine } from './receipt-options.ts'
import { bundleLines } from './render-bundle.ts'
import { renderTable, type TableColumn } from './render-table.ts'

type Row = SearchResult['results'][number]

/** The ranking as a person reads it. */
export function renderSearch(result: SearchResult): string {
  const { query, parameters, results, baselines, verdict, engine } = result
  const pc = colours()
  const metric = parameters.metric as MetricName
  const { better } = METRICS[metric]
  const head = `${query.source}: ${query.rows} rows, ${query.features} features`
  const legend = `ranked by ${metric}, ${better} is better: ${METRICS[metric].about}`
  const table = renderTable(results, [
    { title: '#', align: 'right', text: row => String(row.rank) },
    { title: 'model', text: row => `${row.model}@${row.version}` },
    { title: metric, align: 'right', text: row => row.score?.toFixed(3) ?? '–' },
    ...expectedColumns(result),
    { title: 'overlap', align: 'right', text: row => percent(row.overlap) },
    { title: 'soft coverage', align: 'right', spare: true, text: row => row.softCoverage.toFixed(3) },
    { title: 'coverage', align: 'right', spare: true, text: row => percent(row.coverage) },
    { title: 'adaptivity', align: 'right', spare: true, text: row => row.adaptivity.toFixed(2) },
    { title: 'JS', align: 'right', text: row => row.js.toFixed(4) },
    { title: 'stated accuracy', align: 'right', text: row => percent(row.sourceAccuracy) },
    ...(baselines.elsewhere.length > 0
      ? [{ title: 'elsewhere', align: 'right' as const, spare: true, text: (row: Row) => percent(row.elsewhere) }]
      : []),
    { title: 'size', align: 'right', spare: true, text: row => byteSize(row.sizeBytes) },
    { title: 'licence', spare: true, text: row => row.license ?? '–' },
  ])
  const blind = `data-blind order (stated accuracy): ${baselines.sourceAccuracy.slice(0, 3).join(', ') || '–'}`
  const elsewhere = baselines.elsewhere.slice(0, 3).join(', ')
  const history = elsewhere === '' ? [] : [pc.dim(`data-blind order (accuracy elsewhere): ${elsewhere}`)]
  const message = verdict.code === 'ranked' ? pc.green(verdict.message) : pc.yellow(verdict.message)
  const after = [...engineLines(engine).map(pc.dim), ...bundleLines(result), ...receiptLine(result)]
  const lines = [message, ...expectedLines(result), pc.dim(blind), ...history, ...after]
  return [pc.bold(head), pc.dim(legend), '', ...(results.length > 0 ? [table, ''] : []), ...lines].join('\n')
}

/** What the hub's history expects of each model; none where it has no history. */
function expectedColumns({ decision }: SearchResult): TableColumn<Row>[] {
  if (!decision) return []
  return [
    { title: expectedHead(decision), align: 'right', text: row => expectedText(decision, row.model) },
    { title: 'verdict', text: row => standingText(decision, row.model) },
  ]
}

/** What the hub's history expects; nothing where it has none. */
function expectedLines({ decision }: SearchResult): string[] {
  return decision ? [decision.message, ...[blindText(decision), basisText(decision)].map(colours().dim)] : []
}

/** Nothing where every model was compared, as no engine was asked for or the hub is small. */
function engineLines({ asked, used, exact, models, compared, bounds }: SearchResult['engine']): string[] {
  if (asked === 'auto' && used === 'exact') return []
  const surely = exact ? 'the results are those of comparing all' : 'the results may differ from those of comparing all'
  const line = `engine ${used}: ${compared} of ${models} models compared; ${surely}`
  if (!bounds || bounds.models === 0) return [line]
  const share = (left: number) => percent(left / bounds.models)
  const [first, second, third] = [bounds.hellinger, bounds.mergedBins, bounds.codes].map(share)
  return [
    line,
    `left by its bounds: ${first} by ln 2 · H², ${second} by JS of merged bins, ${third} by JS of 8-bit codes`,
  ]
}
