/** Rows of numbers as probabilities or logits. */
export function matrixOf(rows: readonly (readonly number[])[]) {
  return { rows: rows.length, classes: rows[0].length, values: Float64Array.from(rows.flat()) }
}
