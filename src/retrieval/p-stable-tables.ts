import { BandTables } from './band-tables.ts'
import { cellsOf, type PStableHashes } from './p-stable-hashes.ts'
import { probingSequence } from './probing-sequence.ts'

/** What a look-up found. */
export interface TableCandidates {
  /** Ordinals of the entries, each once. */
  readonly ordinals: number[]
  readonly lookups: number
}

/** The tables of p-stable hashes: L bands of K, and the neighbouring buckets of each that a query probes as well. */
export class PStableTables {
  readonly #tables: BandTables
  readonly #probes: number

  /** @param probes buckets looked up in each band beside the query's own, an integer ≥ 0 */
  constructor({ shape }: PStableHashes, probes: number) {
    this.#tables = new BandTables(shape, shape.bands * shape.values)
    this.#probes = probes
  }

  get size(): number {
    return this.#tables.size
  }

  /**
   * @param places among the cells, shape (L K)
   * @returns ordinal of the entry
   */
  insert(places: Float64Array): number {
    return this.#tables.insert(cellsOf(places))
  }

  remove(ordinal: number): void {
    this.#tables.remove(ordinal)
  }

  /** The entries that share a bucket with a point, or lie in one of the neighbouring buckets that are probed. */
  candidates(places: Float64Array): TableCandidates {
    const cells = cellsOf(places)
    const ordinals = this.#tables.candidates(cells)
    const { bands, values } = this.#tables.shape
    let lookups = bands
    if (this.#probes === 0) return { ordinals, lookups }
    const moved = new Int32Array(values)
    for (let band = 0; band < bands; band++) {
      const at = band * values
      for (const moves of probingSequence(places.subarray(at, at + values), this.#probes)) {
        for (let k = 0; k < values; k++) moved[k] = cells[at + k] + moves[k]
        this.#tables.collect(band, moved, 0, ordinals)
        lookups++
      }
    }
    return { ordinals, lookups }
  }
}
