import { divergenceTable } from './divergence-table.ts'
import type { MaskedBlock } from './masked-block.ts'
import { mergeValues } from './merged-columns.ts'
import { LARGEST_CODE } from './root-codes.ts'

/** What the logarithms of the exact divergence and the rounding of a bound to 32 bits may be wrong by, nats. */
const SLACK = 4e-6
/** What the logarithms of a table may be wrong by, nats: 7e-8 of the probabilities that they are taken of. */
const TABLE_SLACK = 1e-6
/** Inner products must stay within 31 bits. */
const LARGEST_PRODUCT = 2 ** 31 / 1.05
const LARGEST_ROOT = 32_767

/** A target over the features of a block. */
export interface MaskedQuery {
  /** Probabilities, shape (bins); features that it lacks are all 0. */
  readonly values: ArrayLike<number>
  /** Numbers of the features it has, ascending. */
  readonly features: Uint32Array
}

/** Bounds of a dataset's divergence from a query, in nats, by its codes, which start at a place. */
export type CodeBound = (dataset: number, codes: Uint8Array, start: number) => number

/** Bounds on both sides; upper ones hold only of all bins, and where the query has values in each of its features. */
export interface CodeBounds {
  readonly lower: CodeBound
  readonly upper: CodeBound
}

/** What a query shares with the sets of features of a block. */
export interface SharedSets {
  /** Shape (sets). */
  readonly shared: Uint32Array
  /** Sets that share fewer are left out. */
  readonly least: number
  /** Share of a divergence over the shared features in what is looked for, shape (sets): see `missingShares`. */
  readonly shares: Float64Array
  /** 0 for datasets that are left out, shape (size); all may be found where it is absent. */
  readonly allowed?: Uint8Array
}

/**
 * How much of the divergence over all features of a target is that over the shared ones, by set of features: the others
 * count as ln 2 (`withMissingFeatures`).
 *
 *   JS' = s JS + (1 − s) ln 2,   s = |S| / |F_q|
 *
 * @param features |F_q|; every share is 1 where it is absent: what is missing does not count
 */
export function missingShares(shared: Uint32Array, features?: number): Float64Array {
  return Float64Array.from(shared, count => (features === undefined ? 1 : count / features))
}

/**
 * A lower bound of every dataset's divergence by inner products of rounded roots over merged bins.
 *
 *   JS(P, Q) ≥ ln 2 · (1 − BC(P', Q')),   BC(P', Q') ≤ ⟨√P̂', √Q'⟩ / |S| + ε
 *
 * P' and Q' over merged bins, P̂' what the codes say, ε what rounding did; √Q' is rounded up.
 *
 * @returns shape (size), in nats, at least 0; infinite for datasets that share too few features
 */
export function rootBounds(
  block: MaskedBlock,
  { values, features }: MaskedQuery,
  { shared, least, shares, allowed }: SharedSets,
): Float32Array {
  const merged = mergeValues(values, block.merged)
  const scale = Math.min(LARGEST_ROOT, Math.floor(LARGEST_PRODUCT / LARGEST_CODE / Math.max(1, features.length)))
  const query = new Int16Array(block.rows.stride)
  merged.forEach((q, column) => (query[column] = Math.min(LARGEST_ROOT, Math.ceil(scale * Math.sqrt(q)))))
  const products = block.rows.products(query)
  const { setOf, coarseErrors: errors } = block.rounding
  const perProduct = Float64Array.from(shared, count => (count < least ? NaN : 1 / (scale * LARGEST_CODE * count)))
  const bounds = new Float32Array(block.size)
  for (let i = 0; i < bounds.length; i++) {
    const [factor, share] = [perProduct[setOf[i]], shares[setOf[i]]]
    const bound = share * (Math.LN2 * (1 - products[i] * factor - errors[i])) + (1 - share) * Math.LN2 - SLACK
    bounds[i] = Number.isNaN(factor) || allowed?.[i] === 0 ? Infinity : bound > 0 ? bound : 0
  }
  return bounds
}

/**
 * Bounds of one dataset's divergence by a table (`divergenceTable`), over merged bins or over all.
 *
 *   max(0, √JS(P̂, Q) − ε/√2)² ≤ JS(P, Q) ≤ (√JS(P̂, Q) + ε/√2)²
 *
 * √JS is a metric, and JS(P̂, P) ≤ ½ ‖√P̂ − √P‖² in each feature. A feature that the dataset lacks adds what codes of 0
 * add, which is taken off.
 */
export function tableBounds(
  block: MaskedBlock,
  { values, features }: MaskedQuery,
  { shared, shares, bins }: Pick<SharedSets, 'shared' | 'shares'> & { readonly bins: 'merged' | 'all' },
): CodeBounds {
  const offsets = bins === 'all' ? block.offsets : block.merged.offsets
  const table = divergenceTable(bins === 'all' ? values : mergeValues(values, block.merged), offsets, features)
  const lacking = block.sets.lackingOf(features, table.absent)
  const { setOf, coarseErrors, fineErrors } = block.rounding
  const errors = bins === 'all' ? fineErrors : coarseErrors
  const divergence = (dataset: number, codes: Uint8Array, start: number): number => {
    const set = setOf[dataset]
    return Math.max(0, (table.sum(codes, start) - lacking[set]) / shared[set])
  }
  const withMissing = (js: number, share: number) => share * js + (1 - share) * Math.LN2
  return {
    lower: (dataset, codes, start) => {
      const nearest = Math.sqrt(Math.max(0, divergence(dataset, codes, start) - TABLE_SLACK))
      const least = Math.max(0, nearest - errors[dataset] * Math.SQRT1_2)
      return Math.max(0, withMissing(least * least, shares[setOf[dataset]]) - SLACK)
    },
    upper: (dataset, codes, start) => {
      const most = Math.sqrt(divergence(dataset, codes, start) + TABLE_SLACK) + errors[dataset] * Math.SQRT1_2
      return Math.min(Math.LN2, withMissing(most * most, shares[setOf[dataset]]) + SLACK)
    },
  }
}
