import { throwIfCancelled } from '../common/modelhub-error.ts'
import type { Column, ColumnSource, ReadOptions } from '../dataset/column-chunk.ts'
import { rowHash } from './row-hash.ts'

/** The rows of a dataset whose hashes are smallest, in the dataset's order. */
export interface RowSample {
  /** Rows of the whole dataset. */
  readonly datasetRows: number
  /** Rows of the sample. */
  readonly rows: number
  /** One per feature, shape (rows). */
  readonly columns: readonly Column[]
  /** Hash of each sampled row, shape (rows). */
  readonly hashes: Uint32Array
}

const FIRST_CAPACITY = 1024

/** A column that grows; numbers in a typed array of the source's precision, strings in an array. */
type GrowingColumn = { numbers?: Float32Array | Float64Array; strings?: (string | null)[] }

/**
 * Bottom-k sample of the rows by their hash (Cohen and Kaplan 2007): one pass, at most 2 × `most` rows held, the same
 * rows however the source cuts its chunks.
 *
 * @param most rows wanted; all rows come back when there are no more
 */
export async function sampleRows(
  source: ColumnSource,
  most: number,
  options: ReadOptions & { readonly seed: number },
): Promise<RowSample> {
  const pool = new SamplePool(source.features.length, most)
  let datasetRows = 0
  for await (const chunk of source.chunks(options)) {
    throwIfCancelled(options.signal, 'sampling rows')
    for (let row = 0; row < chunk.rows; row++) {
      pool.offer(rowHash(options.seed, chunk.file, chunk.firstRow + row), chunk.columns, row)
    }
    datasetRows += chunk.rows
    options.onProgress?.({ stage: 'sampling', done: datasetRows, total: source.rows, unit: 'rows' })
  }
  return { datasetRows, ...pool.finish() }
}

class SamplePool {
  private hashes: Uint32Array
  private size = 0
  private threshold = Infinity
  private readonly columns: GrowingColumn[]
  private readonly most: number

  constructor(features: number, most: number) {
    this.most = most
    this.hashes = new Uint32Array(FIRST_CAPACITY)
    this.columns = Array.from({ length: features }, () => ({}))
  }

  offer(hash: number, columns: readonly Column[], row: number): void {
    if (hash > this.threshold) return
    if (this.size === this.hashes.length) this.grow()
    this.hashes[this.size] = hash
    for (let f = 0; f < columns.length; f++) store(this.columns[f], columns[f], this.size, row)
    this.size++
    if (this.size >= 2 * this.most) this.prune()
  }

  finish(): Omit<RowSample, 'datasetRows'> {
    if (this.size > this.most) this.prune()
    const columns = this.columns.map(({ numbers, strings }) => numbers?.subarray(0, this.size) ?? strings ?? [])
    return { rows: this.size, columns, hashes: this.hashes.slice(0, this.size) }
  }

  private grow(): void {
    const length = this.hashes.length * 2
    this.hashes = resized(this.hashes, length)
    for (const column of this.columns) if (column.numbers) column.numbers = resized(column.numbers, length)
  }

  /** Keeps the `most` smallest hashes; among equal ones the earliest rows. */
  private prune(): void {
    const sorted = this.hashes.slice(0, this.size).sort()
    this.threshold = sorted[this.most - 1]
    let atThreshold = this.most - sorted.indexOf(this.threshold)
    let kept = 0
    for (let row = 0; row < this.size; row++) {
      const hash = this.hashes[row]
      if (hash > this.threshold || (hash === this.threshold && atThreshold-- <= 0)) continue
      this.hashes[kept] = hash
      for (const { numbers, strings } of this.columns) {
        if (numbers) numbers[kept] = numbers[row]
        else if (strings) strings[kept] = strings[row]
      }
      kept++
    }
    this.size = kept
    for (const { strings } of this.columns) if (strings) strings.length = kept
  }
}

function store(target: GrowingColumn, column: Column, at: number, row: number): void {
  if (column instanceof Float64Array || column instanceof Float32Array) {
    target.numbers ??= new (column instanceof Float32Array ? Float32Array : Float64Array)(FIRST_CAPACITY)
    if (column instanceof Float64Array && target.numbers instanceof Float32Array) {
      target.numbers = Float64Array.from(target.numbers) // a later file may be more precise than the first
    }
    target.numbers[at] = column[row]
  } else {
    target.strings ??= []
    target.strings[at] = column[row]
  }
}

function resized<T extends Float32Array | Float64Array | Uint32Array>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length)
  larger.set(array)
  return larger
}
