import { SIGNATURE_LENGTH } from '../sketch/min-hash.ts'
import { BandTables, type BandShape } from './band-tables.ts'
import { KeyedOrdinals } from './keyed-ordinals.ts'
import { EQUAL_WEIGHTS, optimalBands, requireShare, type ErrorWeights } from './optimal-bands.ts'
import type { Found, Retrieval, RetrievalEngine } from './retrieval.ts'

export interface MinHashBandsOptions {
  /** t2 in [0, 1]: what is found has an estimated Jaccard above it. */
  readonly threshold: number
  /** Values of a signature; those of a sketch by default. */
  readonly length?: number
  /** (L, K) set by hand; by default those that err least around the threshold. */
  readonly shape?: BandShape
  /** Of the errors that the choice of (L, K) weighs; equal by default. */
  readonly weights?: ErrorWeights
}

/**
 * Signatures in L tables, one for each band of K values (Zhou et al. 2020, §3.4): finds those whose estimated Jaccard
 * with a query is above a threshold.
 *
 * A band is compared as a tuple, and every candidate on its whole signature, so nothing below the threshold is found; a
 * similarity s is missed with probability (1 − s^K)^L. Signatures of empty sets are found by nobody.
 */
export class MinHashBands<Key> implements RetrievalEngine<Key, Uint32Array> {
  readonly shape: BandShape
  readonly threshold: number
  readonly #tables: BandTables
  readonly #keys = new KeyedOrdinals<Key>()

  /** @throws OUT_OF_RANGE when a threshold or weight lies outside [0, 1], or the bands do not fit a signature */
  constructor({ threshold, length = SIGNATURE_LENGTH, shape, weights = EQUAL_WEIGHTS }: MinHashBandsOptions) {
    requireShare(threshold, 'threshold')
    this.threshold = threshold
    this.shape = shape ?? optimalBands(threshold, length, weights)
    this.#tables = new BandTables(this.shape, length)
  }

  get size(): number {
    return this.#tables.size
  }

  /**
   * @throws USAGE when the key is there already
   * @throws SHAPE when the signature has another length
   */
  insert(key: Key, signature: Uint32Array): void {
    this.#keys.requireNew(key)
    this.#keys.set(key, this.#tables.insert(signature))
  }

  /** @returns whether the key was there */
  remove(key: Key): boolean {
    const ordinal = this.#keys.delete(key)
    if (ordinal !== undefined) this.#tables.remove(ordinal)
    return ordinal !== undefined
  }

  /** The keys that share a band with a signature, before their verification: what other libraries call a query. */
  candidates(signature: Uint32Array): Key[] {
    return this.#tables.candidates(signature).map(ordinal => this.#keys.keyOf(ordinal))
  }

  /**
   * @returns values are estimated Jaccard similarities, above the threshold
   * @throws SHAPE when the signature has another length
   */
  query(signature: Uint32Array): Retrieval<Key> {
    const candidates = this.#tables.candidates(signature)
    const found: Found<Key>[] = []
    for (const ordinal of candidates.sort((a, b) => a - b)) {
      const value = this.#tables.agreement(ordinal, signature)
      if (value > this.threshold) found.push({ key: this.#keys.keyOf(ordinal), value })
    }
    found.sort((a, b) => b.value - a.value)
    return { found, work: { stored: this.size, lookups: this.shape.bands, compared: candidates.length } }
  }
}
