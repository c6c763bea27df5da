import {
  missingShares,
  rootBounds,
  tableBounds,
  type CodeBound,
  type CodeBounds,
  type MaskedQuery,
  type SharedSets,
} from './block-bounds.ts'
import { bucketedOrder } from './bucketed-order.ts'
import type { MaskedBlock } from './masked-block.ts'
import { NearestFound } from './nearest-found.ts'
import type { Retrieval } from './retrieval.ts'

/** Datasets looked at for a first threshold, for each that is wanted. */
const SEEDS_A_RESULT = 4
/** Datasets whose merged codes are looked at, for each whose fine codes may be. */
const MERGED_AN_EFFORT = 16

export interface MaskedShortlistOptions {
  /** How many datasets are wanted. */
  readonly most: number
  /** Most datasets of a shortlist, those first by the middle of their bounds; all that may be wanted where it is absent. */
  readonly limit?: number
  /** Features that a dataset must share with the query at least; default 1. */
  readonly leastShared?: number
  /** The codes of all bins of a dataset, shape (bins), good until the next call. */
  readonly fineCodes: (dataset: number) => Uint8Array
  /** Most datasets whose fine codes are looked at; the answer is exact where absent. */
  readonly effort?: number
  /** 0 for datasets that may not be found, shape (size); all may where it is absent. */
  readonly allowed?: Uint8Array
  /** Only these datasets, each once, such as another engine's candidates; all where it is absent. */
  readonly among?: Uint32Array
  /** Added to the divergence of each dataset from the query, nats ≥ 0, shape (size); nothing where it is absent. */
  readonly added?: Float32Array
  /** |F_q| where every feature of the target that a dataset lacks counts as ln 2; they do not count where it is absent. */
  readonly targetFeatures?: number
}

export interface MaskedSearchOptions extends MaskedShortlistOptions {
  /** The exact divergence of a dataset from the query, in nats. */
  readonly divergence: (dataset: number) => number
}

/** How many datasets were left by each bound, in the order that they are applied. */
export interface BoundShares {
  /** Datasets that share enough features with the query. */
  readonly eligible: number
  /** Left by ln 2 · H² of merged bins. */
  readonly afterRoots: number
  /** Left by JS of merged bins. */
  readonly afterMerged: number
  /** Whose fine codes were looked at: those, and the first few for a threshold. */
  readonly looked: number
  /** Left by JS of rounded bins: verified. */
  readonly afterFine: number
}

export interface MaskedRetrieval extends Retrieval<number> {
  readonly bounds: BoundShares
}

/**
 * The datasets of a block that diverge least from a query over the features both have, and all that are as near as the
 * last one wanted.
 *
 *   all ──⟨√P', √Q'⟩──▶ some ──JS of merged bins──▶ fewer ──JS of rounded bins──▶ few ──exact JS──▶ found
 *
 * Every arrow but the last is a lower bound of the divergence, and the nearest come first, so that the threshold falls
 * fast. Nothing that belongs to the answer is left out, unless `effort` ends the search before.
 */
export function maskedSearch(block: MaskedBlock, query: MaskedQuery, options: MaskedSearchOptions): MaskedRetrieval {
  const found = new NearestFound(options.most)
  const bounds = descend(block, query, {
    ...options,
    threshold: () => found.threshold,
    verify: dataset => found.add({ key: dataset, value: options.divergence(dataset) }),
  })
  const work = { stored: block.size, lookups: bounds.looked, compared: bounds.afterFine }
  return { found: found.all, work, bounds }
}

/** What a caller is left to verify. */
export interface MaskedShortlist {
  /** Numbers of the datasets, in no order. */
  readonly datasets: readonly number[]
  readonly bounds: BoundShares
}

/**
 * The datasets of a block among which are those that diverge least from a query, for a caller that verifies them
 * afterwards: all whose lower bound does not exceed the upper bound of as many as are wanted.
 *
 * A query must have values in each of its features.
 */
export function maskedShortlist(
  block: MaskedBlock,
  query: MaskedQuery,
  options: MaskedShortlistOptions,
): MaskedShortlist {
  const nearest = new NearestFound(options.most)
  const looked: { readonly dataset: number; readonly lower: number; readonly upper: number }[] = []
  const bounds = descend(block, query, {
    ...options,
    threshold: () => nearest.threshold,
    verify: (dataset, { lower, upper: upperOf }) => {
      const upper = upperOf()
      looked.push({ dataset, lower, upper })
      nearest.add({ key: dataset, value: upper })
    },
  })
  const left = looked.filter(({ lower }) => lower <= nearest.threshold)
  if (left.length > (options.limit ?? Infinity)) left.sort((a, b) => a.lower + a.upper - (b.lower + b.upper))
  return { datasets: left.slice(0, options.limit).map(({ dataset }) => dataset), bounds }
}

interface Descent extends MaskedShortlistOptions {
  /** What a bound must not exceed, so far. */
  readonly threshold: () => number
  readonly verify: (dataset: number, bounds: { readonly lower: number; readonly upper: () => number }) => void
}

function descend(block: MaskedBlock, query: MaskedQuery, descent: Descent): BoundShares {
  const { most, leastShared = 1, effort = Infinity, threshold, allowed, among, targetFeatures, added } = descent
  const shared = block.sets.sharedWith(query.features)
  const sets = { shared, shares: missingShares(shared, targetFeatures), least: Math.max(1, leastShared), allowed }
  const look = looker(tableBounds(block, query, { ...sets, bins: 'all' }), descent)
  if (among) return lookAmong(eligibleOf(block, among, sets), look)
  const bounds = rootBounds(block, query, sets)
  if (added) for (let i = 0; i < bounds.length; i++) bounds[i] += added[i]
  const highest = Math.LN2 + (added?.reduce((most, one) => Math.max(most, one), 0) ?? 0)
  const order = bucketedOrder(bounds, highest)
  for (const dataset of order.subarray(0, Math.min(effort, SEEDS_A_RESULT * most))) look.at(dataset)

  const some = order.subarray(0, effort * MERGED_AN_EFFORT).filter(dataset => bounds[dataset] <= threshold())
  const merged = mergedBounds(block, some, tableBounds(block, query, { ...sets, bins: 'merged' }).lower)
  if (added) for (let i = 0; i < some.length; i++) merged[i] += added[some[i]]
  let fewer = 0
  for (const i of bucketedOrder(merged, Math.min(highest, threshold()))) {
    if (look.looked >= effort) break
    if (merged[i] > threshold()) continue
    fewer++
    look.at(some[i])
  }
  return {
    eligible: order.length,
    afterRoots: some.length,
    afterMerged: fewer,
    looked: look.looked,
    afterFine: look.verified,
  }
}

function eligibleOf(block: MaskedBlock, among: Uint32Array, { shared, least, allowed }: SharedSets): Uint32Array {
  const { setOf } = block.rounding
  return among.filter(dataset => shared[setOf[dataset]] >= least && allowed?.[dataset] !== 0)
}

/** Looks at every one of a few: no bound of merged bins would spare much. */
function lookAmong(few: Uint32Array, look: ReturnType<typeof looker>): BoundShares {
  for (const dataset of few) look.at(dataset)
  const all = few.length
  return { eligible: all, afterRoots: all, afterMerged: all, looked: look.looked, afterFine: look.verified }
}

function mergedBounds(block: MaskedBlock, datasets: Uint32Array, bound: CodeBound): Float32Array {
  const bounds = new Float32Array(datasets.length)
  block.rows.each(datasets, (place, codes, start) => (bounds[place] = bound(datasets[place], codes, start)))
  return bounds
}

/** Looks at a dataset's fine codes and, where they do not exclude it, has it verified; each only once. */
function looker({ lower, upper }: CodeBounds, { fineCodes, threshold, verify, added }: Descent) {
  const seen = new Set<number>()
  let verified = 0
  return {
    get looked() {
      return seen.size
    },
    get verified() {
      return verified
    },
    at(dataset: number): void {
      if (seen.has(dataset)) return
      seen.add(dataset)
      const codes = fineCodes(dataset)
      const more = added?.[dataset] ?? 0
      const bound = lower(dataset, codes, 0) + more
      if (bound > threshold()) return
      verified++
      verify(dataset, { lower: bound, upper: () => upper(dataset, codes, 0) + more })
    },
  }
}
