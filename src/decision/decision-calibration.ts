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
  /** Where the first is predicted to gain no more than this on the data-blind first, that one serves as well on the mean. */
  readonly blindGain: number
}

/** Coverage that is asked for where the history is long enough. */
const LEVEL = 0.9
/** The same of the candidates as good: a little more, for the share that is promised is seen on few targets. */
const SET_LEVEL = 0.92
/** What the data-blind first may lose to the decision's where it is said that the evidence cannot tell them apart. */
const BLIND_LOSS = 0.02
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
 * The greatest predicted gain on the data-blind first up to which that one served at most 0.02 worse than the decision's
 * first on the mean, one more target counted in on which it lost as much as on any known one, at least 0.08; below 0 where
 * there is none. That is conformal risk control (Angelopoulos et al. 2024) with the worst loss that was seen for the
 * bound of losses. Targets whose data-blind first is the decision's, or is not as good, are not counted.
 */
function harmlessGain(past: readonly PastDecision[], shortfall: number): number {
  const all = past.flatMap(({ values, predicted, scores, blind }) => {
    const [first, blindFirst] = [firstOf(scores), firstOf(blind)]
    const [gain, lost] = [predicted[first] - predicted[blindFirst], values[first] - values[blindFirst]]
    return first === blindFirst ? [] : [{ gain, lost }]
  })
  const worst = Math.max(4 * BLIND_LOSS, ...all.map(({ lost }) => lost))
  const told = all.filter(({ gain }) => gain <= shortfall)
  let harmless = -1
  for (const { gain } of told) {
    const upTo = told.filter(other => other.gain <= gain + EQUAL)
    const sum = upTo.reduce((total, { lost }) => total + lost, worst)
    if (sum <= BLIND_LOSS * (upTo.length + 1)) harmless = Math.max(harmless, gain)
  }
  return harmless
}
