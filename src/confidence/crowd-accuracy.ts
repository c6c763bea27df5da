import { ModelHubError } from '../common/modelhub-error.ts'
import { agreementMatrix } from './agreement.ts'
import type { ZooPredictions } from './zoo-predictions.ts'

/** How models agree on rows: enough for what a crowd of any weights says of each of them. */
export interface CrowdAgreement {
  /** Share of rows on which each two say the same; shape (models, models), row-major, in [0, 1]. */
  readonly same: Float64Array
  /** Share of rows on which both say the label that is looked for, where there is one; shape (models, models). */
  readonly both?: Float64Array
}

/** Logarithm of the factor that a standard deviation of belief multiplies a vote by, where none is asked for. */
const SHARPNESS = 2

/**
 * Counts how each two models agree.
 *
 * @param positive the rarer label of two, where there are two
 * @throws TOO_FEW_ROWS, OUT_OF_RANGE, SHAPE as checkPredictions
 */
export function crowdAgreement(predictions: ZooPredictions, positive?: number): CrowdAgreement {
  const same = agreementMatrix(predictions)
  return positive === undefined ? { same } : { same, both: bothMatrix(predictions, positive) }
}

function bothMatrix(predictions: ZooPredictions, positive: number): Float64Array {
  const models = predictions.length
  const rows = predictions[0].length
  const both = new Float64Array(models * models)
  for (let m = 0; m < models; m++) {
    const found = Uint32Array.from(predictions[m].keys()).filter(row => predictions[m][row] === positive)
    for (let other = 0; other <= m; other++) {
      const share = found.filter(row => predictions[other][row] === positive).length / rows
      both[m * models + other] = share
      both[other * models + m] = share
    }
  }
  return both
}

/**
 * Weights of votes by what is believed of the models before any is run: w_m ∝ exp(s·z_m), z the beliefs in standard
 * deviations from their mean over the models. So the best few decide, whatever the unit of the belief; all weigh alike
 * where the beliefs do not differ.
 *
 * @param beliefs shape (models), the greater the better; NaN counts as the mean
 * @param sharpness s, at least 0: 0 lets all weigh alike. Default 2
 * @returns shape (models), summing to 1
 */
export function sharpWeights(beliefs: ArrayLike<number>, sharpness = SHARPNESS): Float64Array {
  const known = Array.from(beliefs).filter(value => !Number.isNaN(value))
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length))
  const weights = Float64Array.from(beliefs, value => {
    return Number.isNaN(value) || deviation < 1e-12 ? 1 : Math.exp((sharpness * (value - mean)) / deviation)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map(weight => weight / total)
}

/**
 * Accuracy of each model that is expected when the crowd's share of votes for a label is its probability:
 *
 *   E[A_m] = (1/n) Σ_i q_i(ŷ_mi) = Σ_k w_k·same_mk,   q_i(y) = Σ_k w_k·1{ŷ_ki = y}
 *
 * One step of Dawid and Skene (1979) from prior weights. Shape (models), in [0, 1].
 *
 * @throws SHAPE unless there is a weight for each model
 */
export function crowdAccuracy({ same }: CrowdAgreement, weights: Float64Array): Float64Array {
  checkSize(same, weights)
  return weighted(same, weights)
}

/**
 * F1 of each model for the rarer of two labels that is expected under the same crowd:
 *
 *   E[F1_m] ≈ 2 Σ_k w_k·both_mk / (both_mm + Σ_k w_k·both_kk)
 *
 * The ratio of expectations, as `softF1`. Shape (models), in [0, 1]; undefined where no label is looked for.
 *
 * @throws SHAPE unless there is a weight for each model
 */
export function crowdF1({ both }: CrowdAgreement, weights: Float64Array): Float64Array | undefined {
  if (both === undefined) return undefined
  checkSize(both, weights)
  const models = weights.length
  const expected = weights.reduce((sum, weight, m) => sum + weight * both[m * models + m], 0)
  return weighted(both, weights).map((shared, m) => {
    const found = both[m * models + m] + expected
    return found > 0 ? (2 * shared) / found : 0
  })
}

function checkSize(matrix: Float64Array, weights: Float64Array): void {
  const models = Math.sqrt(matrix.length)
  if (weights.length === models) return
  throw new ModelHubError('SHAPE', `weights: expected shape (${models}), got (${weights.length})`)
}

function weighted(matrix: Float64Array, weights: Float64Array): Float64Array {
  const models = weights.length
  return Float64Array.from(weights, (_, m) => {
    let sum = 0
    for (let k = 0; k < models; k++) sum += weights[k] * matrix[m * models + k]
    return sum
  })
}
