import { markdownTable } from '../markdown-table.ts'
import { shortNumber, type Bar } from '../record-result.ts'
import { mean } from './paired-loss.ts'
import type { TargetOutcome } from './outcome.ts'
import type { DefaultOutcome } from './without-history.ts'

type ByView = ReadonlyMap<string, DefaultOutcome>

const regretOf = (outcomes: readonly TargetOutcome[], name: string) =>
  mean(outcomes.map(({ comparators }) => comparators[name] ?? NaN))

/** The single signal that does best on a workload, in hindsight; none that needs a history. */
function bestSingle(outcomes: readonly TargetOutcome[]): string {
  const names = Object.keys(outcomes[0].comparators).filter(
    name => name !== 'elsewhere' && !Number.isNaN(regretOf(outcomes, name)),
  )
  return names.reduce((best, name) => (regretOf(outcomes, name) < regretOf(outcomes, best) ? name : best))
}

/** The default without a history, beside each workload's best single signal and the data-blind order. */
export function defaultTable(byView: ByView): string {
  return markdownTable(
    [
      'workload',
      'sharpness, covered',
      'regret',
      'as shipped',
      'Pearson',
      'best single signal',
      'its regret',
      'data-blind',
    ],
    Array.from(byView, ([view, { learned, outcomes: all, shippedRegret }]) => {
      const { sharpness, covered } = learned.settings
      const name = bestSingle(all)
      const correlation = mean(all.map(({ pearson }) => pearson))
      return [
        view,
        `${sharpness}, ${covered}`,
        ...[mean(all.map(one => one.regret)), shippedRegret, correlation].map(shortNumber),
        name,
        shortNumber(regretOf(all, name)),
        shortNumber(mean(all.map(one => one.blindRegret))),
      ]
    }),
  )
}

/** The bars of the default. */
export function defaultBars(byView: ByView): Bar[] {
  const views = [...byView]
  const above = views.map(
    ([, { outcomes: all }]) => mean(all.map(({ regret }) => regret)) - regretOf(all, bestSingle(all)),
  )
  const blind = views.map(([view, { outcomes: all }]): Bar => {
    const value = mean(all.map(({ regret, blindRegret }) => regret - blindRegret))
    return { name: `without history, ${view}: regret above the data-blind order`, value, bar: 0.01, must: 'atMost' }
  })
  return [
    {
      name: 'without history: regret above each workload’s best single signal, mean',
      value: mean(above),
      bar: 0.03,
      must: 'atMost',
    },
    ...blind,
  ]
}
