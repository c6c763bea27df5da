/** Rows of numbers as embeddings. */
export function embeddingsOf(rows: readonly (readonly number[])[]) {
  return { rows: rows.length, dimensions: rows[0].length, values: Float32Array.from(rows.flat()) }
}
