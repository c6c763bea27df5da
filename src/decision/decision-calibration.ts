import { firstOf } from './blind-scores.ts'
import { hierarchicalQuantile } from './hierarchical-quantile.ts'
import type { PastDecision } from './past-decision.ts'

/** How far past decisions were from the truth. */
export interface DecisionCalibration {
  /** Known targets. */
  readonly datasets: number
  /** Share of candidates whose value should lie in the interval, and of targets whose best is as good. */
  readonly level: number
  /** Half the interval's width, in the value's unit. */
  readonly error: number
  /** How far below the greatest prediction that of the best candidate may lie. */
  readonly shortfall: number
  /** Where the first is predicted to gain no more than this on the data-blind first, that one costs little. */
  readonly blindGain: number
}

/** Coverage that is asked for where the history is long enough. */
const LEVEL = 0.9
/** What choosing the data-blind first may cost where it is said that the data cannot tell. */
const BLIND_COST = 0.02
const EQUAL = 1e-9

/**
 * Calibrates what is said of a prediction on past ones, the target as the unit. With T targets no level above T / (T + 1)
 * can be had; below nine that one is taken instead of 0.9.
 *
 * @param past at least one
 */
export function decisionCalibration(past: readonly PastDecision[]): DecisionCalibration {
  const datasets = past.length
  const level = Math.min(LEVEL, datasets / (datasets + 1))
  const errors = past.map(({ values, predicted }) => values.map((value, c) => Math.abs(value - predicted[c])))
  const shortfalls = past.map(({ values, predicted }) => {
    const best = Math.max(...values)
    const ofBest = predicted.filter((_, c) => values[c] >= best - EQUAL)
    return [Math.max(...predicted) - Math.max(...ofBest)]
  })
  return {
    ...{ datasets, level },
    error: hierarchicalQuantile(errors, level),
    shortfall: hierarchicalQuantile(shortfalls, level),
    blindGain: harmlessGain(past),
  }
}

/**
 * The greatest predicted gain on the data-blind first up to which that one cost at most 0.02 on the mean, one more target
 * that cost four times as much counted in; below 0 where there is none.
 */
function harmlessGain(past: readonly PastDecision[]): number {
  const told = past.map(({ values, predicted, scores, blind }) => {
    const blindFirst = firstOf(blind)
    return {
      gain: predicted[firstOf(scores)] - predicted[blindFirst],
      cost: Math.max(...values) - values[blindFirst],
    }
  })
  told.sort((a, b) => a.gain - b.gain)
  let [sum, harmless] = [4 * BLIND_COST, -1]
  told.forEach(({ gain, cost }, i) => {
    sum += cost
    if (sum <= BLIND_COST * (i + 2)) harmless = gain
  })
  return harmless
}
