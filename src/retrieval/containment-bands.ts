import { ModelHubError } from '../common/modelhub-error.ts'
import { BandTables, type BandShape } from './band-tables.ts'
import { EQUAL_WEIGHTS, optimalContainmentBands, requireShare, type ErrorWeights } from './optimal-bands.ts'
import type { Found, Retrieval, RetrievalEngine } from './retrieval.ts'
import { sizePartitions } from './size-partitions.ts'

/** A set by its MinHash signature (`minHashSigner`: without weights) and its number of elements. */
export interface SizedSignature {
  readonly signature: Uint32Array
  readonly size: number
}

export interface ContainmentBandsOptions {
  /** t in [0, 1]: what is found contains more than this share of the query. */
  readonly threshold: number
  /** Parts of like size, an integer ≥ 1; 16 by default. */
  readonly partitions?: number
  /** Most values in a band, an integer ≥ 1; 8 by default. */
  readonly mostValues?: number
  readonly weights?: ErrorWeights
}

/** Ratios of sizes for which bands are chosen beforehand: ten from e^−5 to e^5, evenly in the logarithm. */
const RATIOS = 10
const RATIO_EXPONENT = 5

interface Part<Key> {
  /** The largest size in it. */
  readonly most: number
  readonly entries: readonly (SizedSignature & { readonly key: Key })[]
  /** By K: L is as large as the signature allows, and a query uses the first L of its own. */
  readonly tables: ReadonlyMap<number, BandTables>
}

/**
 * LSH Ensemble (Zhu et al. 2016): finds the sets X that contain a large share of a query Q, |Q ∩ X| / |Q|, however
 * large they are themselves: a target's feature that covers a part of a training feature.
 *
 * The sets are cut into parts of like size, and each part is looked up with the (L, K) that err least for the ratio of
 * its largest size to the query's. Candidates are verified by the containment that the whole signatures estimate. Built
 * once: it knows all sizes from the start.
 */
export class ContainmentBands<Key> implements RetrievalEngine<Key, SizedSignature> {
  readonly size: number
  readonly #parts: readonly Part<Key>[]
  readonly #shapes: readonly { readonly ratio: number; readonly shape: BandShape }[]
  readonly #threshold: number

  /**
   * @param entries signatures of one length, sizes > 0
   * @throws OUT_OF_RANGE when the threshold or a weight lies outside [0, 1], or a size is not above 0
   * @throws SHAPE when the signatures differ in length
   */
  constructor(entries: Iterable<readonly [Key, SizedSignature]>, options: ContainmentBandsOptions) {
    const { threshold, partitions = 16, mostValues = 8, weights = EQUAL_WEIGHTS } = options
    requireShare(threshold, 'threshold')
    const all = Array.from(entries, ([key, entry]) => ({ key, ...entry }))
    for (const { size } of all) requireSize(size)
    const length = all[0]?.signature.length ?? 1
    this.#shapes = Array.from({ length: RATIOS }, (_, i) => {
      const ratio = Math.exp(RATIO_EXPONENT * ((2 * i) / (RATIOS - 1) - 1))
      return { ratio, shape: optimalContainmentBands(threshold, ratio, { length, mostValues }, weights) }
    })
    const widths = new Set(this.#shapes.map(({ shape }) => shape.values))
    const sizes = all.map(({ size }) => size)
    this.#parts = sizePartitions(sizes, partitions).map(({ least, most }) => {
      const inside = all.filter(({ size }) => size >= least && size <= most)
      return { most, entries: inside, tables: tablesOf(inside, widths, length) }
    })
    this.size = all.length
    this.#threshold = threshold
  }

  /**
   * The keys that share a band with the query in their part, before their verification.
   *
   * @throws OUT_OF_RANGE when the query's size is not above 0
   */
  candidates(query: SizedSignature): Key[] {
    return this.#candidates(query).flatMap(({ part, ordinals }) => ordinals.map(i => part.entries[i].key))
  }

  /**
   * @returns values are estimated containments, |Q ∩ X| / |Q| = J (q + x) / (q (1 + J)), above the threshold
   * @throws OUT_OF_RANGE when the query's size is not above 0
   */
  query(query: SizedSignature): Retrieval<Key> {
    const found: Found<Key>[] = []
    let [lookups, compared] = [0, 0]
    for (const { part, ordinals, shape } of this.#candidates(query)) {
      const tables = part.tables.get(shape.values)!
      for (const i of ordinals.sort((a, b) => a - b)) {
        const { key, size } = part.entries[i]
        const value = containment(tables.agreement(i, query.signature), size / query.size)
        if (value > this.#threshold) found.push({ key, value })
      }
      lookups += shape.bands
      compared += ordinals.length
    }
    found.sort((a, b) => b.value - a.value)
    return { found, work: { stored: this.size, lookups, compared } }
  }

  #candidates({ signature, size }: SizedSignature): { part: Part<Key>; ordinals: number[]; shape: BandShape }[] {
    requireSize(size)
    return this.#parts.map(part => {
      const fitting = this.#shapes.find(({ ratio }) => ratio >= part.most / size)
      const { shape } = fitting ?? this.#shapes[RATIOS - 1]
      return { part, shape, ordinals: part.tables.get(shape.values)!.candidates(signature, shape.bands) }
    })
  }
}

/** Of the similarity J and the ratio x/q of the sizes; no set contains more than itself. */
function containment(jaccard: number, sizeRatio: number): number {
  return Math.min(1, sizeRatio, (jaccard * (1 + sizeRatio)) / (1 + jaccard))
}

function tablesOf(entries: readonly SizedSignature[], widths: ReadonlySet<number>, length: number) {
  return new Map(
    Array.from(widths, values => {
      const tables = new BandTables({ bands: Math.floor(length / values), values }, length)
      for (const { signature } of entries) tables.insert(signature)
      return [values, tables] as const
    }),
  )
}

function requireSize(size: number): void {
  if (size > 0) return
  throw new ModelHubError('OUT_OF_RANGE', `size: expected a number > 0, got ${size}`)
}
