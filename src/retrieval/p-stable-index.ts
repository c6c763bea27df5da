import { requireThreshold } from '../divergence/pairwise-matrix.ts'
import { KeyedOrdinals } from './keyed-ordinals.ts'
import type { PStableHashes } from './p-stable-hashes.ts'
import { PStableTables } from './p-stable-tables.ts'
import type { Found, Retrieval, RetrievalEngine } from './retrieval.ts'

/** How an index hashes its entries and compares them: what makes it one of a divergence or of a distance. */
export interface PStableMeasure<Entry, Query> {
  readonly hashes: PStableHashes
  /** Place of an entry among the cells, shape (L K). */
  placesOfEntry(entry: Entry): Float64Array
  placesOfQuery(query: Query): Float64Array
  /** The exact measure, prepared once for a query. */
  comparer(query: Query): (entry: Entry) => number
}

export interface PStableIndexOptions {
  /** What is found lies within it, ≥ 0. */
  readonly threshold: number
  /** Neighbouring buckets probed in each band, an integer ≥ 0; 0 by default. */
  readonly probes?: number
}

/** Entries in the tables of p-stable hashes: finds those within a threshold of a query, each verified exactly. */
export class PStableIndex<Key, Entry, Query> implements RetrievalEngine<Key, Query> {
  readonly #measure: PStableMeasure<Entry, Query>
  readonly #threshold: number
  readonly #tables: PStableTables
  readonly #keys = new KeyedOrdinals<Key>()
  readonly #entries: Entry[] = []

  /** @throws OUT_OF_RANGE when the threshold is negative or NaN */
  constructor(measure: PStableMeasure<Entry, Query>, { threshold, probes = 0 }: PStableIndexOptions) {
    requireThreshold(threshold)
    this.#measure = measure
    this.#threshold = threshold
    this.#tables = new PStableTables(measure.hashes, probes)
  }

  get size(): number {
    return this.#tables.size
  }

  /** @throws USAGE when the key is there already */
  insert(key: Key, entry: Entry): void {
    this.#keys.requireNew(key)
    const ordinal = this.#tables.insert(this.#measure.placesOfEntry(entry))
    this.#keys.set(key, ordinal)
    this.#entries[ordinal] = entry
  }

  /** @returns whether the key was there */
  remove(key: Key): boolean {
    const ordinal = this.#keys.delete(key)
    if (ordinal !== undefined) this.#tables.remove(ordinal)
    return ordinal !== undefined
  }

  /** The keys that share a bucket with a query, before their verification. */
  candidates(query: Query): Key[] {
    const { ordinals } = this.#tables.candidates(this.#measure.placesOfQuery(query))
    return ordinals.map(ordinal => this.#keys.keyOf(ordinal))
  }

  /** @returns values are exact, at most the threshold, smallest first */
  query(query: Query): Retrieval<Key> {
    const { ordinals, lookups } = this.#tables.candidates(this.#measure.placesOfQuery(query))
    const measure = this.#measure.comparer(query)
    const found: Found<Key>[] = []
    for (const ordinal of ordinals.sort((a, b) => a - b)) {
      const value = measure(this.#entries[ordinal])
      if (value <= this.#threshold) found.push({ key: this.#keys.keyOf(ordinal), value })
    }
    found.sort((a, b) => a.value - b.value)
    return { found, work: { stored: this.size, lookups, compared: ordinals.length } }
  }
}
