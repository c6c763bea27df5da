import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MeasuredView } from './measured-view.ts'

type PaperTable = { readonly columns: readonly string[] } & Readonly<Record<string, readonly (number | string)[]>>

interface Published {
  readonly 'modelhub-2020': Readonly<Record<string, PaperTable>>
}

/** What a paper found beside what was found here. */
export interface PublishedTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A table of the 2020 paper and the workload that re-runs it in kind. */
interface Rerun {
  readonly pearson: string
  readonly error: string
  readonly workload: string
  readonly label: string
}

const RERUNS: readonly Rerun[] = [
  {
    ...{ pearson: 'table2_pearson_activity_recognition', error: 'table3_error_activity_recognition' },
    ...{ workload: 'har-parts', label: 'paper, pooled' },
  },
  {
    ...{ pearson: 'table4_pearson_entity_matching', error: 'table5_error_entity_matching' },
    ...{ workload: 'entity-matching', label: 'paper, words' },
  },
  {
    ...{ pearson: 'table6_pearson_image', error: 'table7_error_image' },
    ...{ workload: 'cifar-skew', label: 'paper, pooled' },
  },
  {
    ...{ pearson: 'table8_pearson_nlp', error: 'table9_error_nlp' },
    ...{ workload: 'sentence-pairs', label: 'paper, words' },
  },
]

/** The paper's figures, and beside them those of the same measures here. Pearson: the mean over its targets. */
export function publishedTable(shared: string, measured: readonly MeasuredView[]): PublishedTable {
  const text = readFileSync(join(shared, 'papers/tables.json'), 'utf8')
  const tables = (JSON.parse(text) as Published)['modelhub-2020']
  const rows = RERUNS.flatMap(rerun => {
    const here = measured.find(({ view }) => view.name === rerun.workload)
    return here ? rowsOf(rerun, tables, here) : []
  })
  const head = ['workload', 'measure', 'paper: Pearson', 'top-1', 'top-2', 'here: Pearson', 'top-1', 'top-2', 'regret']
  return { head, rows }
}

function rowsOf({ pearson, error, workload, label }: Rerun, tables: Published['modelhub-2020'], here: MeasuredView) {
  const { columns, ...perTarget } = tables[pearson]
  const errors = tables[error]
  return columns
    .map((column, c) => {
      const values = Object.values(perTarget).map(row => Number(row[c]))
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const sign = column === 'js' || column === 'l2' ? -1 : 1
      const place = (row: readonly (number | string)[] | undefined) => (row ? Number(row[c]).toFixed(2) : '–')
      const published = [(sign * mean).toFixed(2), place(errors.top1), place(errors.top2)]
      const names = here.signals.map(({ name }) => name).filter(name => isThe(column, name, label))
      return names.map(name => {
        const { quality } = here.signals.find(signal => signal.name === name)!
        const { pearson: own, top1Error, top2Error, meanRegret } = quality
        const found = [own.toFixed(2), top1Error.toFixed(2), top2Error.toFixed(2), meanRegret.toFixed(4)]
        return [workload, name, ...published, ...found]
      })
    })
    .flat()
}

/** Whether a signal is the paper's measure of that name, or the default that stands for it. */
function isThe(column: string, signal: string, label: string): boolean {
  if (column === 'source_accuracy') return signal === 'source accuracy'
  if (column === 'adaptivity') return signal.startsWith(`${label}: adaptivity`) || signal === 'joint: fit'
  return signal === `${label}: ${column}` || signal === `joint: ${column}`
}
