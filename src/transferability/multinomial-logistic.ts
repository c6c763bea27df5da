import { type Minimum, minimise, type MinimiseOptions } from '../math/lbfgs.ts'
import type { Matrix } from '../math/matrix-engine.ts'

export interface LogisticTask {
  /** Shape (rows, features). */
  readonly features: Matrix
  /** Class of each row, 0…classes − 1, shape (rows). */
  readonly classOf: Int32Array
  readonly classes: number
  /** λ, the weight of ½‖W‖² beside the sum of the rows' losses: 1 / C of scikit-learn. Intercepts are not penalised. */
  readonly penalty: number
}

export interface LogisticModel extends Omit<Minimum, 'point'> {
  /** One row a class: its weights, then its intercept; shape (classes, features + 1). */
  readonly weights: Float64Array
}

/**
 * Multinomial logistic regression, the minimum of Σ_i −log softmax(W x_i + b)_{y_i} + λ/2 ‖W‖² by L-BFGS from zero; equal
 * to scikit-learn's LogisticRegression(C = 1/λ). Deterministic.
 */
export function multinomialLogistic(task: LogisticTask, options: MinimiseOptions = {}): LogisticModel {
  const start = new Float64Array(task.classes * (task.features.columns + 1))
  const { point, ...rest } = minimise((weights, gradient) => loss(task, weights, gradient), start, options)
  return { weights: point, ...rest }
}

function loss(
  { features, classOf, classes, penalty }: LogisticTask,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  const width = features.columns + 1
  gradient.fill(0)
  let sum = 0
  const logits = new Float64Array(classes)
  for (let i = 0; i < features.rows; i++) {
    fillLogits(features, i, weights, logits)
    const own = logits[classOf[i]]
    const total = logSumExp(logits)
    sum += total - own
    const from = i * features.columns
    for (let k = 0; k < classes; k++) {
      const error = Math.exp(logits[k] - total) - (k === classOf[i] ? 1 : 0)
      const to = k * width
      for (let c = 0; c < features.columns; c++) gradient[to + c] += error * features.values[from + c]
      gradient[to + width - 1] += error
    }
  }
  for (let at = 0; at < weights.length; at++) {
    if (at % width === width - 1) continue
    sum += 0.5 * penalty * weights[at] * weights[at]
    gradient[at] += penalty * weights[at]
  }
  return sum
}

/** W x_i + b, shape (classes). */
function fillLogits(features: Matrix, i: number, weights: Float64Array, logits: Float64Array): void {
  const width = features.columns + 1
  for (let k = 0; k < logits.length; k++) {
    let logit = weights[k * width + width - 1]
    for (let c = 0, x = i * features.columns, w = k * width; c < features.columns; c++) {
      logit += features.values[x++] * weights[w++]
    }
    logits[k] = logit
  }
}

function logSumExp(logits: Float64Array): number {
  let most = -Infinity
  for (const logit of logits) most = Math.max(most, logit)
  let sum = 0
  for (const logit of logits) sum += Math.exp(logit - most)
  return most + Math.log(sum)
}

/** The likeliest class of each row, the first of equals, shape (rows). */
export function classify({ weights }: LogisticModel, features: Matrix): Int32Array {
  const logits = new Float64Array(weights.length / (features.columns + 1))
  return Int32Array.from({ length: features.rows }, (_, i) => {
    fillLogits(features, i, weights, logits)
    let best = 0
    for (let k = 1; k < logits.length; k++) if (logits[k] > logits[best]) best = k
    return best
  })
}
