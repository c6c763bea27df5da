import { codeRows, type CodeRows } from './root-products.ts'

/** Rows read in one go. */
const WINDOW = 4096

/** Rows of codes that lie elsewhere, such as in a file. */
export interface RowSource {
  readonly rows: number
  /** Fills rows from `from` on, as many as there is room for, shape (rows × stride). */
  read(from: number, into: Uint8Array): void
  /** Fills all rows, without holding up the caller. */
  readAll(into: Uint8Array): Promise<void>
}

/**
 * Rows of codes of which some still lie elsewhere. Until they are brought in (`settle`), whoever asks reads them through
 * a window that stays in the processor's cache: memory that was never written to costs several times that.
 */
export class AwaitedRows implements CodeRows {
  readonly stride: number
  readonly #width: number
  #resident: CodeRows
  #sources: RowSource[] = []
  #window: CodeRows | undefined
  #awaited = 0

  constructor(width: number) {
    this.#width = width
    this.#resident = codeRows(width)
    this.stride = this.#resident.stride
  }

  get size(): number {
    return this.#resident.size + this.#awaited
  }

  get residentBytes(): number {
    return this.#resident.residentBytes + (this.#window?.residentBytes ?? 0)
  }

  reserve(rows: number): void {
    this.#resident.reserve(rows)
  }

  extend(rows: number): Uint8Array {
    this.#gather()
    return this.#resident.extend(rows)
  }

  /** Adds rows that lie elsewhere; they are read at once where others are in memory already. */
  append(source: RowSource): void {
    if (this.#resident.size > 0) return source.read(0, this.#resident.extend(source.rows))
    this.#sources.push(source)
    this.#awaited += source.rows
  }

  codes(): Uint8Array {
    this.#gather()
    return this.#resident.codes()
  }

  products(query: Int16Array): Int32Array {
    if (this.#awaited === 0) return this.#resident.products(query)
    const found = new Int32Array(this.size)
    let first = 0
    for (const source of this.#sources) {
      for (let from = 0; from < source.rows; from += WINDOW) {
        const rows = Math.min(WINDOW, source.rows - from)
        const window = this.#read(source, from, rows)
        found.set(window.products(query).subarray(0, rows), first + from)
      }
      first += source.rows
    }
    return found
  }

  each(wanted: Uint32Array, see: (place: number, codes: Uint8Array, start: number) => void): void {
    if (this.#awaited === 0) return this.#resident.each(wanted, see)
    // Row and place in one number of 53 bits, which sort without a comparator.
    const order = Float64Array.from(wanted, (row, place) => row * 2 ** 26 + place).sort()
    const rowAt = (at: number) => Math.floor(order[at] / 2 ** 26)
    let [at, first] = [0, 0]
    for (const source of this.#sources) {
      while (at < order.length && rowAt(at) < first + source.rows) {
        const begin = rowAt(at)
        let end = at + 1
        while (end < order.length && rowAt(end) < Math.min(begin + WINDOW, first + source.rows)) end++
        const window = this.#read(source, begin - first, rowAt(end - 1) - begin + 1).codes()
        for (; at < end; at++) see(order[at] % 2 ** 26, window, (rowAt(at) - begin) * this.stride)
      }
      first += source.rows
    }
  }

  /** Brings all rows into memory; what fails leaves them where they are. */
  async settle(): Promise<void> {
    const sources = this.#sources
    if (sources.length === 0) return
    const { resident, rooms } = this.#roomFor(sources)
    const read = await Promise.allSettled(sources.map((source, i) => source.readAll(rooms[i])))
    for (const one of read) if (one.status === 'rejected') throw one.reason
    if (this.#sources === sources) this.#arrive(resident)
  }

  #gather(): void {
    const sources = this.#sources
    if (sources.length === 0) return
    const { resident, rooms } = this.#roomFor(sources)
    sources.forEach((source, i) => source.read(0, rooms[i]))
    this.#arrive(resident)
  }

  #roomFor(sources: readonly RowSource[]) {
    const resident = codeRows(this.#width)
    resident.reserve(this.size)
    // Views made before would be lost if the memory grew: there is room for all.
    return { resident, rooms: sources.map(({ rows }) => resident.extend(rows)) }
  }

  #arrive(resident: CodeRows): void {
    this.#resident = resident
    this.#sources = []
    this.#awaited = 0
    this.#window = undefined
  }

  #read(source: RowSource, from: number, rows: number): CodeRows {
    if (!this.#window) {
      this.#window = codeRows(this.#width)
      this.#window.extend(WINDOW)
    }
    source.read(from, this.#window.codes().subarray(0, rows * this.stride))
    return this.#window
  }
}
