import { markdownTable } from '../markdown-table.ts'
import { shortNumber } from '../record-result.ts'
import type { TargetOutcome, ViewOutcome } from './outcome.ts'
import { bestComparator, meanLoss, pairedLoss, type MeanLoss } from './paired-loss.ts'
import { COMPARATORS } from './target-outcome.ts'

/** Loss of regret that a workload may show at most. */
const BAR = 0.01

/**
 * What the targets of each workload can show at all. *Certifiable*: with these differences from target to target, the
 * smallest loss that a decision of loss 0 could be shown to stay under, which is how far the interval reaches above its
 * mean. It shrinks with the root of the number of groups, which gives the groups that the bar would take.
 */
export function certaintyTable(views: readonly ViewOutcome[]): string {
  const bests = views.map(({ view, withHistory }) => {
    const name = bestComparator(withHistory)
    return { view, outcomes: withHistory, compared: name, told: pairedLoss(withHistory, name), name }
  })
  const losses = new Map(
    bests.flatMap(({ outcomes, name }) => outcomes.map(one => [one, one.comparators[name]] as const)),
  )
  const pooled = (title: string, some: typeof bests) => {
    const outcomes = some.flatMap(one => one.outcomes)
    const told = meanLoss(outcomes, one => one.regret - losses.get(one)!)
    return { view: title, outcomes, compared: 'the best of each', told }
  }
  const few = bests.filter(({ outcomes }) => groupsOf(outcomes) < 10)
  const rows = [...bests, pooled('all with fewer than 10 groups', few), pooled('all', bests)]
  return markdownTable(
    ['workload', 'targets', 'groups', 'compared with', 'lost (95 %)', 'certifiable', `groups that ${BAR} would take`],
    rows.map(({ view, outcomes, compared, told }) => [
      view,
      String(outcomes.length),
      String(groupsOf(outcomes)),
      compared,
      lossText(told),
      shortNumber(told.high - told.loss),
      String(Math.ceil(groupsOf(outcomes) * ((told.high - told.loss) / BAR) ** 2)),
    ]),
  )
}

/** Loss to each comparator, over all targets that know it. */
export function pooledTable(views: readonly ViewOutcome[]): string {
  const all = views.flatMap(({ withHistory }) => withHistory)
  return markdownTable(
    ['comparator', 'targets', 'lost to it (95 %)'],
    COMPARATORS.map(name => {
      const told = all.filter(({ comparators }) => comparators[name] !== undefined)
      return [name, String(told.length), lossText(pairedLoss(told, name))]
    }),
  )
}

/** What following the data-blind order costs where “cannot tell” is said. */
export function cannotTellTable(views: readonly ViewOutcome[]): string {
  const unsure = views.flatMap(({ withHistory }) => withHistory).filter(({ code }) => code === 'cannot-tell')
  if (unsure.length === 0) return '“Cannot tell” is said of no target.'
  const rows: readonly (readonly [string, (outcome: TargetOutcome) => number])[] = [
    ['regret of the data-blind first', ({ blindRegret }) => blindRegret],
    ['regret of the decision’s first', ({ regret }) => regret],
    ['what the data-blind first loses to the decision’s', ({ blindRegret, regret }) => blindRegret - regret],
  ]
  return markdownTable(
    [
      'where “cannot tell” is said',
      'targets',
      'groups',
      'mean (95 %)',
      '95 %, targets as if independent',
      'of each target',
    ],
    rows.map(([title, lossOf]) => [
      title,
      String(unsure.length),
      String(groupsOf(unsure)),
      lossText(meanLoss(unsure, lossOf)),
      intervalText(
        meanLoss(
          unsure.map(one => ({ ...one, group: one.target })),
          lossOf,
        ),
      ),
      unsure.map(one => shortNumber(lossOf(one))).join(', '),
    ]),
  )
}

function groupsOf(outcomes: readonly TargetOutcome[]): number {
  return new Set(outcomes.map(({ group }) => group)).size
}

function lossText(told: MeanLoss): string {
  return `${shortNumber(told.loss)} (${intervalText(told)})`
}

function intervalText({ low, high }: MeanLoss): string {
  return `${shortNumber(low)} to ${shortNumber(high)}`
}
