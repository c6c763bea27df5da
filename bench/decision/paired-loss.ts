import { seededRandom } from '../../src/common/random.ts'
import { bootstrapMeans } from '../evaluation/bootstrap.ts'
import type { TargetOutcome } from './outcome.ts'
import { COMPARATORS } from './target-outcome.ts'

const SEED = 1

/** A mean and its 95 % bootstrap interval over groups. */
export interface MeanLoss {
  readonly loss: number
  readonly low: number
  readonly high: number
}

/** A mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Mean regret of a comparator; NaN where it is not known of every target. */
export function comparatorRegret(outcomes: readonly TargetOutcome[], name: string): number {
  return mean(outcomes.map(({ comparators }) => comparators[name] ?? NaN))
}

/** The named comparator of the least mean regret. */
export function bestComparator(outcomes: readonly TargetOutcome[]): string {
  const known = COMPARATORS.filter(name => !Number.isNaN(comparatorRegret(outcomes, name)))
  return known.reduce((best, name) =>
    comparatorRegret(outcomes, name) < comparatorRegret(outcomes, best) ? name : best,
  )
}

/** Regret of the decision less that of a comparator. */
export function pairedLoss(outcomes: readonly TargetOutcome[], name: string): MeanLoss {
  return meanLoss(outcomes, ({ regret, comparators }) => regret - comparators[name])
}

/** Mean of what is lost on each target. */
export function meanLoss(outcomes: readonly TargetOutcome[], lossOf: (outcome: TargetOutcome) => number): MeanLoss {
  const losses = outcomes.map(lossOf)
  const groups = outcomes.map(({ group }) => group)
  const [interval] = bootstrapMeans([losses], groups, seededRandom(SEED))
  return { loss: mean(losses), ...interval }
}
