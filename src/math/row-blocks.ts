import type { Embeddings } from './embeddings.ts'
import type { Matrix } from './matrix-engine.ts'

/** Single-precision numbers in a block of rows: 16 MB. */
const BLOCK_VALUES = 2 ** 22

export interface RowSelection {
  /** Subtracted from every row, shape (dimensions). */
  readonly mean?: Float64Array
  /** Which rows, in this order; all of them when left out. */
  readonly rows?: Int32Array
  /** At most this many rows a block; 16 MB of them when left out. */
  readonly perBlock?: number
}

/** The mean row of the embeddings, shape (dimensions). */
export function meanRow({ rows, dimensions, values }: Embeddings): Float64Array {
  const mean = new Float64Array(dimensions)
  for (let i = 0, at = 0; i < rows; i++) for (let c = 0; c < dimensions; c++, at++) mean[c] += values[at]
  for (let c = 0; c < dimensions; c++) mean[c] /= rows
  return mean
}

/** The chosen rows less the mean, in blocks, so that a centred copy of everything is never held. */
export function* rowBlocks(embeddings: Embeddings, { mean, rows, perBlock }: RowSelection = {}): Generator<Matrix> {
  const columns = embeddings.dimensions
  const total = rows?.length ?? embeddings.rows
  const most = perBlock ?? Math.max(1, Math.floor(BLOCK_VALUES / columns))
  for (let first = 0; first < total; first += most) {
    const count = Math.min(most, total - first)
    if (!mean && !rows) {
      yield { rows: count, columns, values: embeddings.values.subarray(first * columns, (first + count) * columns) }
      continue
    }
    const values = new Float32Array(count * columns)
    for (let i = 0; i < count; i++) {
      const from = (rows ? rows[first + i] : first + i) * columns
      for (let c = 0; c < columns; c++) values[i * columns + c] = embeddings.values[from + c] - (mean ? mean[c] : 0)
    }
    yield { rows: count, columns, values }
  }
}
