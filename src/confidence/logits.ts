import { ModelHubError } from '../common/modelhub-error.ts'
import { checkClassScores, type Probabilities } from '../math/probabilities.ts'

/** A classifier's outputs before softmax: shape (rows, classes), row-major, any finite numbers. */
export interface Logits {
  readonly rows: number
  readonly classes: number
  readonly values: Float32Array | Float64Array
}

/**
 * Refuses a temperature or logits that nothing is defined for.
 *
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkClassScores; OUT_OF_RANGE when temperature is not positive
 */
export function checkLogits(logits: Logits, temperature: number): void {
  checkTemperature(temperature)
  checkClassScores(logits, 'logits')
}

/** @throws OUT_OF_RANGE when temperature is not a positive number */
export function checkTemperature(temperature: number): void {
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new ModelHubError('OUT_OF_RANGE', `temperature: expected a number > 0, got ${temperature}`)
  }
}

/** log Σ_c exp(z_c / T) of a row. */
export function logSumExp(row: Float32Array | Float64Array, temperature = 1): number {
  let most = -Infinity
  for (const z of row) if (z > most) most = z
  let sum = 0
  for (const z of row) sum += Math.exp((z - most) / temperature)
  return most / temperature + Math.log(sum)
}

/**
 * Probabilities of logits, p_c = exp(z_c / T) / Σ exp(z / T).
 *
 * @param temperature T, positive; above 1 the probabilities become more even. Default 1.
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkLogits
 */
export function softmax(logits: Logits, temperature = 1): Probabilities {
  checkLogits(logits, temperature)
  const { rows, classes, values } = logits
  const probabilities = new Float64Array(values.length)
  const row = new Float64Array(classes)
  for (let from = 0; from < values.length; from += classes) {
    for (let c = 0; c < classes; c++) row[c] = values[from + c]
    const total = logSumExp(row, temperature)
    for (let c = 0; c < classes; c++) probabilities[from + c] = Math.exp(row[c] / temperature - total)
  }
  return { rows, classes, values: probabilities }
}
