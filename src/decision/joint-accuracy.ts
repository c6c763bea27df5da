import { ModelHubError } from '../common/modelhub-error.ts'
import { betaInterval } from '../math/beta-interval.ts'

/** A value and its interval, in [0, 1]. */
export interface AccuracyEstimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** How a model did on rows with labels, which must have been drawn at random. */
export interface LabelledCount {
  /** Whole numbers, 0 ≤ right ≤ rows. */
  readonly right: number
  readonly rows: number
}

/** A prediction never counts for more rows, nor for fewer than leave either parameter at the least. */
const MOST_ROWS = 1_000
const LEAST_PARAMETER = 0.1
const EDGE = 0.01

/**
 * The accuracy that a prediction and labelled rows tell together: the prediction is a beta distribution of its mean whose
 * central interval is as wide as the predicted one; it counts for κ rows.
 *
 *   A ~ Beta(κ·v, κ·(1 − v)),   A | labels ~ Beta(κ·v + right, κ·(1 − v) + wrong),   E A = (κ·v + right) / (κ + rows)
 *
 * Without labels it is the prediction; with many the share that is right, and its interval.
 *
 * @param predicted value and interval
 * @param level share that lies in the interval, in (0, 1)
 * @throws OUT_OF_RANGE unless right and rows are whole numbers, 0 ≤ right ≤ rows
 */
export function jointAccuracy(
  predicted: AccuracyEstimate,
  { right, rows }: LabelledCount,
  level: number,
): AccuracyEstimate {
  if (!(Number.isInteger(right) && Number.isInteger(rows) && right >= 0 && right <= rows)) {
    throw new ModelHubError('OUT_OF_RANGE', `labels: expected whole numbers 0 ≤ right ≤ rows, got ${right}, ${rows}`)
  }
  if (rows === 0) return predicted
  const mean = Math.min(1 - EDGE, Math.max(EDGE, predicted.value))
  const worth = rowsWorth(mean, predicted.high - predicted.low, level)
  const value = (worth * mean + right) / (worth + rows)
  const [low, high] = betaInterval(worth * mean + right, worth * (1 - mean) + rows - right, level)
  return { value, low: Math.min(low, value), high: Math.max(high, value) }
}

/** κ by bisection of its logarithm: the more rows, the narrower. */
function rowsWorth(mean: number, width: number, level: number): number {
  let low = Math.log(LEAST_PARAMETER / Math.min(mean, 1 - mean))
  let high = Math.log(MOST_ROWS)
  for (let i = 0; i < 14; i++) {
    const worth = Math.exp((low + high) / 2)
    const [from, to] = betaInterval(worth * mean, worth * (1 - mean), level)
    if (to - from > width) low = Math.log(worth)
    else high = Math.log(worth)
  }
  return Math.exp((low + high) / 2)
}
