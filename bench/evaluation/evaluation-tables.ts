import { markdownTable } from '../markdown-table.ts'
import { QUALITY_COLUMNS } from '../quality-table.ts'
import type { Interval } from './bootstrap.ts'
import type { MeasuredSignal, MeasuredView } from './measured-view.ts'

const within = ({ low, high }: Interval, digits: number) => `${low.toFixed(digits)}–${high.toFixed(digits)}`
const FIGURES = QUALITY_COLUMNS.filter(([name]) => name !== 'targets' && name !== 'candidates')

/** Head and rows of a view's figures: intervals stand behind the mean regret and the mean Pearson. */
export function viewTable({ signals }: MeasuredView): { readonly head: string[]; readonly rows: string[][] } {
  const cells = ({ name, needs, quality, intervals }: MeasuredSignal) => [
    name,
    needs,
    ...FIGURES.map(([figure, cell]) => {
      const value = cell(quality)
      if (!intervals) return value
      if (figure === 'mean regret') return `${value} (${within(intervals.regret, 3)})`
      return figure === 'Pearson' ? `${value} (${within(intervals.pearson, 2)})` : value
    }),
  ]
  return { head: ['signal', 'needs', ...FIGURES.map(([name]) => name)], rows: signals.map(cells) }
}

/** Mean regret and mean Pearson of all signals by all views. */
export function summaryTable(measured: readonly MeasuredView[]): string {
  const names = [...new Set(measured.flatMap(({ signals }) => signals.map(({ name }) => name)))]
  const cell = ({ signals }: MeasuredView, wanted: string) => {
    const found = signals.find(({ name }) => name === wanted)
    return found ? `${found.quality.meanRegret.toFixed(4)} (${found.quality.pearson.toFixed(2)})` : '–'
  }
  return markdownTable(
    ['signal', ...measured.map(({ view }) => view.name)],
    names.map(name => [name, ...measured.map(one => cell(one, name))]),
  )
}

/** Decisions beside the best signals: head and name. */
const DECISIONS = [
  ['decided, history, five run', 'decision, history, five run'],
  ['decided, history, all run', 'decision, history, all run'],
  ['decided, no history, five run', 'decision, no history, five run'],
] as const

/** The signal of least mean regret among those that need no more than is said. */
export function bestTable(measured: readonly MeasuredView[]): string {
  const kinds = [
    ['data-blind', ['nothing', 'history']],
    ['sketches', ['sketch']],
    ['runs, no labels', ['run']],
    ['labels', ['labels']],
  ] as const
  const best = ({ signals }: MeasuredView, needs: readonly string[]) => {
    const found = signals.filter(signal => needs.includes(signal.needs) && !signal.decided)
    if (found.length === 0) return '–'
    const least = found.reduce((a, b) => (b.quality.meanRegret < a.quality.meanRegret ? b : a))
    return `${least.name} ${least.quality.meanRegret.toFixed(4)}`
  }
  return markdownTable(
    ['workload', 'targets', 'candidates', ...kinds.map(([kind]) => kind), ...DECISIONS.map(([head]) => head)],
    measured.map(one => {
      const { targets, candidates } = one.signals[0].quality
      const decided = DECISIONS.map(([, name]) => {
        const found = one.signals.find(signal => signal.name === name)
        return found ? found.quality.meanRegret.toFixed(4) : '–'
      })
      return [
        ...[one.view.name, String(targets), candidates.toFixed(1)],
        ...kinds.map(([, needs]) => best(one, needs)),
        ...decided,
      ]
    }),
  )
}
