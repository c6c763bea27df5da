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
/** The same of the candidates as good: a little more, for the share that is promised is seen on few targets. */
const SET_LEVEL = 0.92
/** What choosing the data-blind first may cost where it is said that the evidence cannot tell. */
const BLIND_COST = 0.02
const EQUAL = 1e-9

/**
 * Calibrates what is said of a prediction on past ones, the target as the unit. With T targets no level above T / (T + 1)
 * can be had; below nine that one is taken instead of 0.9, and then candidates within the interval's error of the first
 * may be the best too.
 *
 * @param past at least one
 */
export function decisionCalibration(past: readonly PastDecision[]): DecisionCalibration {
  const datasets = past.length
  const most = datasets / (datasets + 1)
  const level = Math.min(LEVEL, most)
  const errors = past.map(({ values, predicted }) => values.map((value, c) => Math.abs(value - predicted[c])))
  const shortfalls = past.map(({ values, predicted }) => {
    const best = Math.max(...values)
    const ofBest = predicted.filter((_, c) => values[c] >= best - EQUAL)
    return [Math.max(...predicted) - Math.max(...ofBest)]
  })
  const error = hierarchicalQuantile(errors, level)
  const told = hierarchicalQuantile(shortfalls, Math.min(SET_LEVEL, most))
  const shortfall = most < LEVEL ? Math.max(told, error) : told
  return { datasets, level, error, shortfall, blindGain: harmlessGain(past, shortfall) }
}

/**
 * The greatest predicted gain on the data-blind first up to which that one cost at most 0.02 on the mean, one more target
 * that cost as much as the worst of all counted in, as in conformal risk control (Angelopoulos et al. 2022); below 0 where
 * there is none. Targets of which one candidate stood out do not
 * count.
 */
function harmlessGain(past: readonly PastDecision[], shortfall: number): number {
  const open = past.filter(({ predicted }) => {
    const most = Math.max(...predicted)
    return predicted.filter(value => value >= most - shortfall).length > 1
  })
  const told = open.map(({ values, predicted, scores, blind }) => {
    const blindFirst = firstOf(blind)
    return {
      gain: predicted[firstOf(scores)] - predicted[blindFirst],
      cost: Math.max(...values) - values[blindFirst],
    }
  })
  const worst = Math.max(...past.map(({ values, blind }) => Math.max(...values) - values[firstOf(blind)]))
  let harmless = -1
  for (const { gain } of told) {
    const upTo = told.filter(other => other.gain <= gain + EQUAL)
    const sum = upTo.reduce((total, { cost }) => total + cost, worst)
    if (sum <= BLIND_COST * (upTo.length + 1)) harmless = Math.max(harmless, gain)
  }
  return harmless
}
