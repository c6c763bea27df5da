import type { Embeddings } from './embeddings.ts'
import type { Matrix } from './matrix-engine.ts'

/** Single-precision numbers in a block of rows: 16 MB. */
const BLOCK_VALUES = 2 ** 22

export interface RowSelection {
  /** Subtracted from every row, shape (dimensions). */
  readonly mean?: Float64Array
  /** Which rows, in this order; all of them when left out. */
  readonly rows?: Int32Array
  /** Which columns, in this order; all of them when left out. */
  readonly columns?: Int32Array
  /** At most this many rows a block; 16 MB of them when left out. */
  readonly perBlock?: number
  /** Whether blocks stay as they are when the next one is asked for. Default false. */
  readonly lasting?: boolean
}

/** The mean row of the embeddings, shape (dimensions). */
export function meanRow(embeddings: Embeddings): Float64Array {
  return columnMeans(embeddings).mean
}

/** The columns of embeddings. */
export interface ColumnMeans {
  /** Shape (dimensions). */
  readonly mean: Float64Array
  /** Columns that hold more than one number, in rising order: often a part of a layer of rectifiers never fires. */
  readonly varying: Int32Array
}

/** The mean of every column, and which columns vary at all, in one pass. */
export function columnMeans({ rows, dimensions, values }: Embeddings): ColumnMeans {
  const sums = new Float64Array(dimensions)
  const spread = new Float64Array(dimensions)
  // What is beyond the first row: fewer digits are lost, and what does not vary adds nothing. Two rows at a time, so that
  // the sums are fetched half as often.
  for (let i = 1; i < rows; i += 2) {
    const upper = i * dimensions
    const lower = i + 1 < rows ? upper + dimensions : 0
    for (let c = 0; c < dimensions; c++) {
      const first = values[c]
      const a = values[upper + c] - first
      const b = values[lower + c] - first
      sums[c] += a + b
      spread[c] += a * a + b * b
    }
  }
  const mean = sums.map((sum, c) => values[c] + sum / rows)
  return { mean, varying: Int32Array.from(spread.keys()).filter(c => spread[c] !== 0) }
}

/**
 * The chosen rows less the mean, in blocks, so that a centred copy of everything need not be held. A block may be
 * overwritten once the next one is asked for, unless they are to last.
 */
export function* rowBlocks(embeddings: Embeddings, selection: RowSelection = {}): Generator<Matrix> {
  const { mean, rows, columns: chosen, perBlock, lasting = false } = selection
  const columns = chosen?.length ?? embeddings.dimensions
  const total = rows?.length ?? embeddings.rows
  const most = Math.min(total, perBlock ?? Math.max(1, Math.floor(BLOCK_VALUES / columns)))
  const copied = mean !== undefined || rows !== undefined || chosen !== undefined
  const shared = copied && !lasting ? new Float32Array(most * columns) : undefined
  for (let first = 0; first < total; first += most) {
    const count = Math.min(most, total - first)
    if (!copied) {
      yield { rows: count, columns, values: embeddings.values.subarray(first * columns, (first + count) * columns) }
      continue
    }
    const buffer = shared ? shared.subarray(0, count * columns) : new Float32Array(count * columns)
    copyRows(embeddings, selection, { first, buffer })
    yield { rows: count, columns, values: buffer }
  }
}

/** Fills a buffer with the chosen rows from the `first` on. */
function copyRows(
  { dimensions, values }: Embeddings,
  { mean, rows, columns }: RowSelection,
  { first, buffer }: { readonly first: number; readonly buffer: Float32Array },
): void {
  const from = columns ?? Int32Array.from({ length: dimensions }, (_, c) => c)
  const means = Float64Array.from(from, c => (mean ? mean[c] : 0))
  for (let at = 0, i = first; at < buffer.length; i++) {
    const row = (rows ? rows[i] : i) * dimensions
    for (let c = 0; c < from.length; c++) buffer[at++] = values[row + from[c]] - means[c]
  }
}
