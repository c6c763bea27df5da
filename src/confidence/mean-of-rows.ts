import type { Probabilities } from '../math/probabilities.ts'

/** The mean over the rows of a number that is worked out of each row, of shape (classes), which is not to be kept. */
export function meanOfRows({ rows, classes, values }: Probabilities, measure: (row: Float64Array) => number): number {
  // One copy for all rows: it costs less than a view of each.
  const row = new Float64Array(classes)
  let sum = 0
  for (let at = 0; at < rows * classes;) {
    for (let c = 0; c < classes; c++) row[c] = values[at++]
    sum += measure(row)
  }
  return sum / rows
}

/** The largest probability of a row: how sure the model is. */
export function confidenceOf(row: Float32Array | Float64Array): number {
  let most = 0
  for (const p of row) if (p > most) most = p
  return most
}
