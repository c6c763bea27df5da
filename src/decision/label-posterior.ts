import { sharpWeights } from '../confidence/crowd-accuracy.ts'
import type { ZooPredictions } from '../confidence/zoo-predictions.ts'
import { choleskyFactor, solveLower, solveLowerTransposed } from '../math/cholesky.ts'
import { disagreedRows, type LabelEvidence } from './label-evidence.ts'

/** Power of the share of models that say the same of two rows: rows are alike where nearly all do. */
const KERNEL_POWER = 4

/** What no other row tells of a row, in units of the kernel. */
const OWN_VARIANCE = 0.1

/** Variance of a label's indicator before any label is known: that of a fair coin. */
const PRIOR_VARIANCE = 0.25

/** How far the vote is believed before any label is known; the rest is spread evenly over the classes. */
const VOTE_BELIEF = 0.7

/** What the labels known so far say of the labels of the other rows on which models disagree. */
export interface LabelPosterior {
  /** Rows on which models disagree, ascending. */
  readonly disagreed: Uint32Array
  /** Those of them without a label. */
  readonly open: Uint32Array
  /** E[1{y = c}] of a row for every class, shape (classes); not clipped to [0, 1]. */
  expectedLabels(row: number): Float64Array
  /** The same of the classes that the models predict of it, shape (models); 0 where a model abstains. */
  expectedRight(row: number): Float64Array
  /**
   * Covariance of the indicators of one class, of rows, shape (rows, rows), row-major.
   *
   * @param pending rows that are to be labelled, whose labels will be known too
   */
  covariance(rows: Uint32Array, pending?: readonly number[]): Float64Array
}

/**
 * The labels of rows as a Gaussian process over what models say of them.
 *
 *   1{y_i = c} ~ GP(μ_i(c), σ²·k(i, j)),   μ_i(c) = β·Σ_h w_h·1{h(x_i) = c} / Σ_h w_h + (1 − β)/C,   w_h ∝ exp(2·z_h),
 *   k(i, j) = s(i, j)⁴ + ν·1{i = j},   s(i, j) = share of models h with h(x_i) = h(x_j)
 *
 * z_h the fit of h in standard deviations from the mean (`sharpWeights`: the crowd of the decision; 1 where fits are not
 * known); each class by itself, conditioned on the labels known (Rasmussen and Williams 2006, Eqs. 2.23–2.24): the vote is the
 * prior, and where labels contradict it, rows of which the models say nearly the same are corrected as well. So a crowd
 * that is wrong is found out, and rows that were chosen for being telling do not bias what is said of the others: the
 * posterior is of every row, given the labels, however they were chosen.
 *
 * Rows on which all models agree are left out: they tell no model from another. Costs labels²·models.
 */
export function labelPosterior(evidence: LabelEvidence): LabelPosterior {
  const { predictions, classes, labels } = evidence
  const disagreed = disagreedRows(predictions)
  const known = disagreed.filter(row => labels.has(row))
  const kernel = agreementKernel(predictions)
  const prior = priorOf(evidence)
  const factor = factorOf(known, kernel)
  const weights = Array.from({ length: classes }, (_, c) => {
    const residuals = Float64Array.from(known, row => (labels.get(row) === c ? 1 : 0) - prior(row, c))
    solveLower(factor, known.length, residuals)
    solveLowerTransposed(factor, known.length, residuals)
    return residuals
  })
  const expected = (row: number) => {
    const similar = Float64Array.from(known, other => kernel(row, other))
    return (c: number) => (c < 0 ? 0 : prior(row, c) + dot(similar, weights[c]))
  }
  return {
    disagreed,
    open: disagreed.filter(row => !labels.has(row)),
    expectedLabels: row => Float64Array.from({ length: classes }, (_, c) => c).map(expected(row)),
    expectedRight: row => Float64Array.from(predictions, said => said[row]).map(expected(row)),
    covariance: (rows, pending = []) => conditioned(rows, Uint32Array.from([...known, ...pending]), kernel),
  }
}

type Kernel = (a: number, b: number) => number

function agreementKernel(predictions: ZooPredictions): Kernel {
  const models = predictions.length
  return (a, b) => {
    let equal = 0
    for (let m = 0; m < models; m++) if (predictions[m][a] === predictions[m][b]) equal++
    return (equal / models) ** KERNEL_POWER + (a === b ? OWN_VARIANCE : 0)
  }
}

/** μ. Keeps the votes of the row that was asked for last. */
function priorOf({ predictions, classes, fits }: LabelEvidence): Kernel {
  const weights = fits ? sharpWeights(fits) : new Float64Array(predictions.length).fill(1)
  const votes = new Map<number, number>()
  const even = (1 - VOTE_BELIEF) / classes
  let counted = -1
  let sum = 0
  return (row, c) => {
    if (row !== counted) {
      votes.clear()
      sum = 0
      predictions.forEach((said, m) => {
        if (said[row] < 0) return
        sum += weights[m]
        votes.set(said[row], (votes.get(said[row]) ?? 0) + weights[m])
      })
      counted = row
    }
    return even + (sum > 0 ? (VOTE_BELIEF * (votes.get(c) ?? 0)) / sum : VOTE_BELIEF / classes)
  }
}

function factorOf(rows: Uint32Array, kernel: Kernel): Float64Array {
  const matrix = matrixOf(rows, kernel)
  choleskyFactor(matrix, rows.length)
  return matrix
}

function matrixOf(rows: Uint32Array, kernel: Kernel): Float64Array {
  const size = rows.length
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = kernel(rows[i], rows[j])
  }
  return matrix
}

/** σ²·(K − K_known·K_known,known⁻¹·K_knownᵀ) */
function conditioned(rows: Uint32Array, known: Uint32Array, kernel: Kernel): Float64Array {
  const size = rows.length
  const factor = factorOf(known, kernel)
  const whitened = Array.from(rows, row => {
    const similar = Float64Array.from(known, other => kernel(row, other))
    solveLower(factor, known.length, similar)
    return similar
  })
  const scale = PRIOR_VARIANCE / (1 + OWN_VARIANCE)
  const matrix = matrixOf(rows, kernel)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = scale * (matrix[i * size + j] - dot(whitened[i], whitened[j]))
      matrix[i * size + j] = matrix[j * size + i] = value
    }
  }
  return matrix
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
