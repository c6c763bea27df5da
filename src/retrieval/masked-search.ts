import { rootBounds, tableBound, type CodeBound, type MaskedQuery } from './block-bounds.ts'
import { bucketedOrder } from './bucketed-order.ts'
import type { MaskedBlock } from './masked-block.ts'
import { NearestFound } from './nearest-found.ts'
import type { Retrieval } from './retrieval.ts'

/** Datasets looked at for a first threshold, for each that is wanted. */
const SEEDS_A_RESULT = 4
/** Datasets whose merged codes are looked at, for each whose fine codes may be. */
const MERGED_AN_EFFORT = 16

export interface MaskedSearchOptions {
  /** How many datasets are wanted. */
  readonly most: number
  /** Features that a dataset must share with the query at least; default 1. */
  readonly leastShared?: number
  /** The codes of all bins of a dataset, shape (bins), good until the next call. */
  readonly fineCodes: (dataset: number) => Uint8Array
  /** The exact divergence of a dataset from the query, in nats. */
  readonly divergence: (dataset: number) => number
  /** Most datasets whose fine codes are looked at; the answer is exact where absent. */
  readonly effort?: number
}

/** How many datasets were left by each bound, in the order that they are applied. */
export interface BoundShares {
  /** Datasets that share enough features with the query. */
  readonly eligible: number
  /** Left by ln 2 · H² of merged bins. */
  readonly afterRoots: number
  /** Left by JS of merged bins. */
  readonly afterMerged: number
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
  const { most, leastShared = 1, effort = Infinity } = options
  const shared = block.sets.sharedWith(query.features)
  const bounds = rootBounds(block, query, { shared, least: Math.max(1, leastShared) })
  const order = bucketedOrder(bounds, Math.LN2)
  const found = new NearestFound(most)
  const look = looker(tableBound(block, query, { shared, bins: 'all' }), found, options)
  for (const dataset of order.subarray(0, Math.min(effort, SEEDS_A_RESULT * most))) look.at(dataset)

  const some = order.subarray(0, effort * MERGED_AN_EFFORT).filter(dataset => bounds[dataset] <= found.threshold)
  const merged = mergedBounds(block, some, tableBound(block, query, { shared, bins: 'merged' }))
  let fewer = 0
  for (const i of bucketedOrder(merged, Math.min(Math.LN2, found.threshold))) {
    if (look.looked >= effort) break
    if (merged[i] > found.threshold) continue
    fewer++
    look.at(some[i])
  }
  return {
    found: found.all,
    work: { stored: block.size, lookups: look.looked, compared: look.verified },
    bounds: { eligible: order.length, afterRoots: some.length, afterMerged: fewer, afterFine: look.verified },
  }
}

function mergedBounds(block: MaskedBlock, datasets: Uint32Array, bound: CodeBound): Float32Array {
  const codes = block.rows.codes()
  const { stride } = block.rows
  const bounds = new Float32Array(datasets.length)
  for (let i = 0; i < datasets.length; i++) bounds[i] = bound(datasets[i], codes, datasets[i] * stride)
  return bounds
}

/** Looks at a dataset's fine codes and, where they do not exclude it, at the dataset itself; at each only once. */
function looker(bound: CodeBound, found: NearestFound, { fineCodes, divergence }: MaskedSearchOptions) {
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
      if (bound(dataset, fineCodes(dataset), 0) > found.threshold) return
      verified++
      found.add({ key: dataset, value: divergence(dataset) })
    },
  }
}
