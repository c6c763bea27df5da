import type { Probabilities } from '../math/probabilities.ts'

/** The mean over the rows of a number that is worked out of each row, a view of shape (classes). */
export function meanOfRows(
  { rows, classes, values }: Probabilities,
  measure: (row: Float32Array | Float64Array) => number,
): number {
  let sum = 0
  for (let i = 0; i < rows; i++) sum += measure(values.subarray(i * classes, (i + 1) * classes))
  return sum / rows
}

/** The largest probability of a row: how sure the model is. */
export function confidenceOf(row: Float32Array | Float64Array): number {
  let most = 0
  for (const p of row) if (p > most) most = p
  return most
}
