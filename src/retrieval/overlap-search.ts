import { matchFeatures, type MatchableFeature } from '../sketch/match-features.ts'
import { KeyedOrdinals } from './keyed-ordinals.ts'
import { MinHashBands, type MinHashBandsOptions } from './min-hash-bands.ts'
import { requireShare } from './optimal-bands.ts'
import type { Found, Retrieval, RetrievalEngine } from './retrieval.ts'

/** `weights` are .1 for a false alarm and .9 for a miss by default. */
export interface OverlapSearchOptions extends Omit<MinHashBandsOptions, 'threshold'> {
  /** Share of the query's features that a dataset must have more of, in [0, 1]; 0 by default. */
  readonly t1?: number
  /** Features are equivalent when their estimated Jaccard is above this, in [0, 1]; 0.5 by default. */
  readonly t2?: number
}

/** A miss is for good, while a false alarm only costs a comparison. */
const VERIFIED_WEIGHTS = { falsePositive: 0.1, falseNegative: 0.9 }

/** Where a stored signature comes from; an object of its own for each, so that it is a key. */
interface FeaturePlace {
  readonly dataset: number
}

/**
 * Step 1 of the 2020 paper: the datasets that share enough features with a query.
 *
 *   overlap(F_i, F_q) = |F_i ∩ F_q| / |F_q| > t1,   f ~ g ⇔ jaccard(f, g) > t2        Zhou et al. (2020), Def. 3
 *
 * Every feature's signatures lie in MinHash bands; a dataset of which enough features were met there is verified by
 * matching all its features with the query's, one to one, by distribution, as `matchFeatures` does.
 */
export class OverlapSearch<Key> implements RetrievalEngine<Key, readonly MatchableFeature[]> {
  readonly #bands: MinHashBands<FeaturePlace>
  readonly #keys = new KeyedOrdinals<Key>()
  readonly #datasets = new Map<
    number,
    { readonly features: readonly MatchableFeature[]; readonly places: readonly FeaturePlace[] }
  >()
  readonly #t1: number
  readonly #t2: number
  #next = 0

  /** @throws OUT_OF_RANGE when a threshold lies outside [0, 1], or the bands do not fit a signature */
  constructor({ t1 = 0, t2 = 0.5, ...options }: OverlapSearchOptions = {}) {
    requireShare(t1, 't1')
    this.#bands = new MinHashBands({ weights: VERIFIED_WEIGHTS, ...options, threshold: t2 })
    this.#t1 = t1
    this.#t2 = t2
  }

  get size(): number {
    return this.#datasets.size
  }

  /**
   * @throws USAGE when the key is there already
   * @throws SHAPE when a signature has another length
   */
  insert(key: Key, features: readonly MatchableFeature[]): void {
    this.#keys.requireNew(key)
    const dataset = this.#next++
    const places = features
      .flatMap(({ signatures }) => signatures)
      .map(signature => {
        const place = { dataset }
        this.#bands.insert(place, signature)
        return place
      })
    this.#datasets.set(dataset, { features, places })
    this.#keys.set(key, dataset)
  }

  /** @returns whether the key was there */
  remove(key: Key): boolean {
    const dataset = this.#keys.delete(key)
    if (dataset === undefined) return false
    for (const place of this.#datasets.get(dataset)!.places) this.#bands.remove(place)
    return this.#datasets.delete(dataset)
  }

  /** @returns values are overlaps in [0, 1], above t1; nothing for a query without features */
  query(features: readonly MatchableFeature[]): Retrieval<Key> {
    const met = this.#featuresMet(features)
    const found: Found<Key>[] = []
    let compared = 0
    for (const [dataset, count] of [...met].sort(([a], [b]) => a - b)) {
      if (!(count / features.length > this.#t1)) continue
      compared++
      const stored = this.#datasets.get(dataset)!.features
      const matches = matchFeatures(features, stored, { match: 'distribution', t2: this.#t2 })
      const value = matches.filter(match => match !== undefined).length / features.length
      if (value > this.#t1) found.push({ key: this.#keys.keyOf(dataset), value })
    }
    found.sort((a, b) => b.value - a.value)
    const lookups = this.#bands.shape.bands * features.reduce((sum, { signatures }) => sum + signatures.length, 0)
    return { found, work: { stored: this.size, lookups, compared } }
  }

  /** How many of the query's features met a feature of each dataset in a band. */
  #featuresMet(features: readonly MatchableFeature[]): Map<number, number> {
    const met = new Map<number, number>()
    for (const { signatures } of features) {
      const datasets = new Set(signatures.flatMap(one => this.#bands.candidates(one).map(({ dataset }) => dataset)))
      for (const dataset of datasets) met.set(dataset, (met.get(dataset) ?? 0) + 1)
    }
    return met
  }
}
