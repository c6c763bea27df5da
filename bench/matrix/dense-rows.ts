import type { ColumnSource } from '../../src/dataset/index.ts'

/** Some rows of a table of numbers, in the order given, as one array: shape (rows, features). */
export async function denseRows(table: ColumnSource, rows: readonly number[]): Promise<Float32Array> {
  const width = table.features.length
  const places = new Map<number, number[]>()
  rows.forEach((row, place) => places.set(row, [...(places.get(row) ?? []), place]))
  const values = new Float32Array(rows.length * width)
  let before = 0
  for await (const chunk of table.chunks()) {
    for (let row = 0; row < chunk.rows; row++) {
      for (const place of places.get(before + row) ?? []) {
        for (let f = 0; f < width; f++) values[place * width + f] = Number(chunk.columns[f][row] ?? NaN)
      }
    }
    before += chunk.rows
  }
  return values
}
