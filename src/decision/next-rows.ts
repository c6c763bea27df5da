import { covarianceByClass, expectedAccuracies } from './accuracy-moments.ts'
import { checkEvidence, type LabelEvidence } from './label-evidence.ts'
import { labelPosterior, type LabelPosterior } from './label-posterior.ts'
import { sampledRows } from './sampled-rows.ts'

/** Rows among which the next is sought. */
const POOL = 300

/** Most labels of a row that are gone through: the most probable. */
const MOST_LABELS = 16

/** Smoothing of the greatest accuracy, in standard deviations of the expected accuracies over the models. */
const SMOOTHING = 0.1

export interface NextRowsOptions {
  /** How many; default 1. They are chosen one after another, as if those before had a label already. */
  readonly count?: number
  /** Rows that nobody can label. */
  readonly skipped?: ReadonlySet<number>
  /** Of the sample of rows that is gone through. Default 0. */
  readonly seed?: number
}

/**
 * The rows whose labels are expected to help most in choosing the best model, the most telling first: those that raise
 * the expected greatest accuracy most, which is the same as lowering the expected regret most.
 *
 *   i* = argmax_i Σ_c P(y_i = c)·S_τ(E[A | y_i = c]),   S_τ(a) = τ·log Σ_h exp(a_h/τ)
 *
 * the knowledge gradient (Frazier, Powell and Dayanik 2009, correlated beliefs) of the accuracies A in
 * `labelPosterior`, with the maximum smoothed (τ a tenth of the spread of E[A]), as one label alone seldom changes which
 * model is first. Only rows on which models disagree are gone through, at most 300 of them, a seeded sample; of those
 * equal the first. Empty where no such row is left. Costs 300²·models a row.
 *
 * @throws TOO_FEW_ROWS, SHAPE, OUT_OF_RANGE as checkEvidence
 */
export function nextRows(evidence: LabelEvidence, options: NextRowsOptions = {}): readonly number[] {
  checkEvidence(evidence)
  const { count = 1, skipped = new Set(), seed = 0 } = options
  const posterior = labelPosterior(evidence)
  const mean = expectedAccuracies(posterior, evidence.predictions.length)
  const rows = sampledRows(posterior.open, POOL, seed)
  const chosen: number[] = []
  while (chosen.length < count) {
    const covariance = posterior.covariance(rows, chosen)
    const sampled = { predictions: evidence.predictions, rows, covariance }
    const isClosed = (row: number) => skipped.has(row) || chosen.includes(row)
    const next = mostTelling({ evidence, posterior, mean, sampled, isClosed })
    if (next === undefined) break
    chosen.push(next)
  }
  return chosen
}

interface Choice {
  readonly evidence: LabelEvidence
  readonly posterior: LabelPosterior
  readonly mean: Float64Array
  readonly sampled: Parameters<typeof covarianceByClass>[0]
  isClosed(row: number): boolean
}

function mostTelling({ evidence, posterior, mean, sampled, isClosed }: Choice): number | undefined {
  const { predictions, classes } = evidence
  const { rows, covariance } = sampled
  const byClass = new Float64Array(predictions.length * classes)
  const share = posterior.open.length / posterior.disagreed.length
  const softMost = softMaximum(SMOOTHING * spreadOf(mean))
  let [best, most] = [undefined as number | undefined, -Infinity]
  rows.forEach((row, i) => {
    if (isClosed(row)) return
    covarianceByClass(sampled, i, { into: byClass, classes })
    const gain = share / (rows.length * covariance[i * rows.length + i])
    const value = expectedMost({ mean, byClass, gain, expected: posterior.expectedLabels(row) }, softMost)
    if (value > most) [best, most] = [row, value]
  })
  return best
}

interface Hypothesis {
  readonly mean: Float64Array
  /** Shape (models, classes). */
  readonly byClass: Float64Array
  readonly gain: number
  /** Shape (classes). */
  readonly expected: Float64Array
}

/** Σ_c P(y = c)·S(E[A | y = c]) */
function expectedMost(
  { mean, byClass, gain, expected }: Hypothesis,
  softMost: (values: Float64Array) => number,
): number {
  const classes = expected.length
  const without = mean.map((value, m) => {
    let sum = 0
    for (let c = 0; c < classes; c++) sum += byClass[m * classes + c] * expected[c]
    return value - gain * sum
  })
  const probabilities = expected.map(value => Math.max(value, 1e-3))
  const probable = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]).slice(0, MOST_LABELS)
  const sum = probable.reduce((total, c) => total + probabilities[c], 0)
  return probable.reduce((value, c) => {
    const after = without.map((accuracy, m) => accuracy + gain * byClass[m * classes + c])
    return value + (probabilities[c] / sum) * softMost(after)
  }, 0)
}

/** τ·log Σ exp(a/τ); the maximum itself where τ is 0. */
function softMaximum(tau: number): (values: Float64Array) => number {
  return values => {
    let most = -Infinity
    for (const value of values) most = Math.max(most, value)
    if (tau === 0) return most
    let sum = 0
    for (const value of values) sum += Math.exp((value - most) / tau)
    return most + tau * Math.log(sum)
  }
}

function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}
