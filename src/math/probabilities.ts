import { ModelHubError } from '../common/modelhub-error.ts'
import { checkFinite, checkShape } from './embeddings.ts'

/** What a classifier believes of each row: shape (rows, classes), row-major; every row is ≥ 0 and sums to 1. */
export interface Probabilities {
  readonly rows: number
  readonly classes: number
  readonly values: Float32Array | Float64Array
}

/** How far the sum of a row may lie from 1: single-precision softmax over many classes stays well inside. */
const SUM_TOLERANCE = 1e-3

/**
 * Refuses arrays that are not probabilities.
 *
 * @throws EMPTY_DATASET without rows or classes
 * @throws SHAPE when the values are not rows × classes many
 * @throws OUT_OF_RANGE when a value is NaN, infinite or negative, or a row does not sum to 1 within 0.001
 */
export function checkProbabilities(probabilities: Probabilities, name = 'probabilities'): void {
  checkClassScores(probabilities, name)
  const { rows, classes, values } = probabilities
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let c = i * classes; c < (i + 1) * classes; c++) {
      if (values[c] < 0) {
        throw new ModelHubError('OUT_OF_RANGE', `${name}: expected numbers ≥ 0, got ${values[c]} in row ${i}`)
      }
      sum += values[c]
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new ModelHubError('OUT_OF_RANGE', `${name}: expected row ${i} to sum to 1, got ${sum}`)
    }
  }
}

/**
 * Refuses arrays that are not even one finite number per row and class.
 *
 * @throws EMPTY_DATASET without rows or classes
 * @throws SHAPE when the values are not rows × classes many
 * @throws OUT_OF_RANGE when a value is NaN or infinite
 */
export function checkClassScores(scores: Probabilities, name: string): void {
  const { rows, classes, values } = scores
  if (!(rows > 0) || !(classes > 0)) {
    throw new ModelHubError('EMPTY_DATASET', `${name}: expected at least one row and class, got (${rows}, ${classes})`)
  }
  checkShape(values, [rows, classes], name)
  checkFinite(values, classes, name)
}

/** The most probable class of each row, shape (rows); the first of equals. */
export function mostProbable({ rows, classes, values }: Probabilities): Int32Array {
  const best = new Int32Array(rows)
  for (let i = 0; i < rows; i++) {
    for (let c = 1; c < classes; c++) if (values[i * classes + c] > values[i * classes + best[i]]) best[i] = c
  }
  return best
}
