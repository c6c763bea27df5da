import { markdownTable } from '../markdown-table.ts'
import { shortNumber, type Bar } from '../record-result.ts'
import { clopperPearson } from './clopper-pearson.ts'
import type { TargetOutcome, ViewOutcome } from './outcome.ts'
import { bestComparator, comparatorRegret, mean, pairedLoss } from './paired-loss.ts'
import { COMPARATORS } from './target-outcome.ts'

/** Regret and Pearson with a history, against the best named comparator. */
export function historyTable(views: readonly ViewOutcome[]): string {
  return markdownTable(
    ['workload', 'targets', 'regret', 'Pearson', 'best comparator', 'its regret', 'lost to it (95 %)'],
    views.map(({ view, withHistory: all }) => {
      const name = bestComparator(all)
      const { loss, low, high } = pairedLoss(all, name)
      const lost = `${shortNumber(loss)} (${shortNumber(low)} to ${shortNumber(high)})`
      const [regret, correlation] = [mean(all.map(one => one.regret)), mean(all.map(one => one.pearson))]
      return [
        view,
        all.length,
        shortNumber(regret),
        shortNumber(correlation),
        name,
        shortNumber(comparatorRegret(all, name)),
        lost,
      ].map(String)
    }),
  )
}

/** Intervals, sets and verdicts. */
export function intervalTable(
  views: readonly { readonly view: string; readonly outcomes: readonly TargetOutcome[] }[],
): string {
  return markdownTable(
    [
      'workload',
      'pairs inside',
      'mean width',
      'best is as good',
      'size of the set',
      '“cannot tell”',
      'regret of the data-blind first there',
      'of the decision’s first',
    ],
    views.map(({ view, outcomes }) => {
      const unsure = outcomes.filter(({ code }) => code === 'cannot-tell')
      return [
        view,
        shortNumber(mean(outcomes.map(({ inside, candidates }) => inside / candidates))),
        shortNumber(mean(outcomes.map(({ width }) => width))),
        shortNumber(mean(outcomes.map(one => Number(one.bestIsAsGood)))),
        `${mean(outcomes.map(({ asGood }) => asGood)).toFixed(1)} of ${mean(outcomes.map(one => one.candidates)).toFixed(0)}`,
        String(unsure.length),
        ...[mean(unsure.map(({ blindRegret }) => blindRegret)), mean(unsure.map(({ regret }) => regret))].map(
          shortNumber,
        ),
      ]
    }),
  )
}

/** What five runs without labels came to. */
export function fiveTable(views: readonly ViewOutcome[]): string {
  return markdownTable(
    ['workload', 'first before running', 'after running five', 'best of the five'],
    views.map(({ view, fiveRun }) => [
      view,
      ...(['first', 'chosen', 'oracle'] as const).map(key => shortNumber(mean(fiveRun.map(one => one[key])))),
    ]),
  )
}

/** The bars of decisions with a history. */
export function historyBars(views: readonly ViewOutcome[]): Bar[] {
  const all = views.flatMap(({ withHistory }) => withHistory)
  const lost = views.map(({ view, withHistory }): Bar => {
    const name = bestComparator(withHistory)
    return {
      name: `with history, ${view}: regret above that of ${name}`,
      value: pairedLoss(withHistory, name).loss,
      bar: 0.01,
      must: 'atMost',
    }
  })
  const pooled = COMPARATORS.map((name): Bar => {
    const told = all.filter(({ comparators }) => comparators[name] !== undefined)
    return {
      name: `with history, pooled: regret above that of ${name}`,
      value: pairedLoss(told, name).loss,
      bar: 0,
      must: 'atMost',
    }
  })
  return [...lost, ...pooled, ...pearsonBars(views), ...fiveBars(views), ...intervalBars(all)]
}

function pearsonBars(views: readonly ViewOutcome[]): Bar[] {
  return views.flatMap(({ view, withHistory }): Bar[] => {
    const value = mean(withHistory.map(({ pearson }) => pearson))
    if (view === 'har-dsads') {
      const names = Object.keys(withHistory[0].sketchPearson)
      const best = Math.max(
        ...names.map(name => mean(withHistory.map(({ sketchPearson }) => sketchPearson[name] ?? 0))),
      )
      const bar = Number((best + 0.05).toFixed(4))
      return [{ name: 'Pearson on har-dsads, best sketch signal + 0.05', value, bar, must: 'atLeast' }]
    }
    return view.startsWith('entity-matching') ? [{ name: `Pearson on ${view}`, value, bar: 0.74, must: 'atLeast' }] : []
  })
}

const FIVE_BARS: Readonly<Record<string, number>> = { 'har-dsads': 0.01, har: 0.08, 'entity-matching': 0.055 }

/** Workloads that have a bar with five run. */
export const FIVE_VIEWS: readonly string[] = Object.keys(FIVE_BARS)

function fiveBars(views: readonly ViewOutcome[]): Bar[] {
  return views.flatMap(({ view, fiveRun }): Bar[] => {
    if (!(view in FIVE_BARS)) return []
    const oracle = shortNumber(mean(fiveRun.map(one => one.oracle)))
    const name = `five run, no labels, ${view}: mean regret (the best of the five: ${oracle})`
    return [{ name, value: mean(fiveRun.map(({ chosen }) => chosen)), bar: FIVE_BARS[view], must: 'atMost' }]
  })
}

function intervalBars(all: readonly TargetOutcome[]): Bar[] {
  const share = mean(all.map(({ inside, candidates }) => inside / candidates))
  const [low, high] = clopperPearson(Math.round(share * all.length), all.length)
  const sets = mean(all.map(({ bestIsAsGood }) => Number(bestIsAsGood)))
  const unsure = all.filter(({ code }) => code === 'cannot-tell')
  const width = shortNumber(mean(all.map(one => one.width)))
  const size = shortNumber(mean(all.map(({ asGood }) => asGood)))
  const around = `Clopper–Pearson ${shortNumber(low)} to ${shortNumber(high)} of ${all.length} targets, mean width ${width}`
  return [
    {
      name: `pairs inside their 90 % interval, mean over targets (${around})`,
      value: share,
      bar: 0.88,
      must: 'atLeast',
    },
    { name: `targets whose best is among those as good (mean size ${size})`, value: sets, bar: 0.9, must: 'atLeast' },
    {
      name: `“cannot tell”, ${unsure.length} targets: regret of the data-blind first`,
      value: mean(unsure.map(({ blindRegret }) => blindRegret)),
      bar: 0.02,
      must: 'atMost',
    },
    {
      name: '“cannot tell”: what the data-blind first loses to the decision’s first',
      value: mean(unsure.map(({ blindRegret, regret }) => blindRegret - regret)),
      bar: 0.02,
      must: 'atMost',
    },
    { name: '“cannot tell” is said, targets', value: unsure.length, bar: 1, must: 'atLeast' },
  ]
}
