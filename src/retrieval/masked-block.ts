import { AwaitedRows, type RowSource } from './awaited-rows.ts'
import { FeatureSets } from './feature-sets.ts'
import { mergedColumns, mergeValues, type MergedColumns } from './merged-columns.ts'
import { rootCodes } from './root-codes.ts'

/** Merged bins of a feature that stay in memory, unless told. */
export const COARSE_BINS = 8

/** A dataset in 8-bit codes: what an index keeps of it. */
export interface CodedDataset {
  /** Numbers of the features it has, ascending. */
  readonly features: Uint32Array
  /** Codes of the merged bins, shape (stride of the coarse rows). */
  readonly coarse: Uint8Array
  /** What rounding the merged bins did (see `rootCodes`). */
  readonly coarseError: number
  /** Codes of all bins, shape (bins). */
  readonly fine: Uint8Array
  readonly fineError: number
}

/** What a block holds of its datasets beside codes; each of shape (datasets). */
export interface DatasetRounding {
  /** Number of the set of features in `sets`. */
  readonly setOf: Uint32Array
  /** What rounding did to the merged bins (see `rootCodes`). */
  readonly coarseErrors: Float32Array
  /** What rounding did to the bins. */
  readonly fineErrors: Float32Array
}

/**
 * The whole datasets of a domain as one block over all of its features: 8-bit roots of merged bins in memory, those of
 * all bins wherever they are kept.
 */
export class MaskedBlock {
  /** Feature f occupies the columns [offsets[f], offsets[f+1]). */
  readonly offsets: Uint32Array
  readonly merged: MergedColumns
  readonly rows: AwaitedRows
  readonly sets = new FeatureSets()
  #setOf = new Uint32Array(0)
  #coarseErrors = new Float32Array(0)
  #fineErrors = new Float32Array(0)

  constructor(offsets: Uint32Array, coarseBins = COARSE_BINS) {
    this.offsets = offsets
    this.merged = mergedColumns(offsets, coarseBins)
    this.rows = new AwaitedRows(this.merged.offsets[offsets.length - 1])
  }

  get size(): number {
    return this.rows.size
  }

  /** What the block holds beside codes, each of shape (size). */
  get rounding(): DatasetRounding {
    return {
      setOf: this.#setOf.subarray(0, this.size),
      coarseErrors: this.#coarseErrors.subarray(0, this.size),
      fineErrors: this.#fineErrors.subarray(0, this.size),
    }
  }

  /** Bytes that the block takes in memory. */
  get residentBytes(): number {
    return this.rows.residentBytes + 3 * this.#setOf.byteLength
  }

  /**
   * A dataset in codes; the block does not change. One with a feature that it has and that is all 0 gets an infinite
   * error: such a feature counts as ln 2 (`pairwiseJensenShannon`), which codes cannot say, so that nothing excludes it.
   *
   * @param values probabilities, shape (bins); features that it lacks are all 0
   * @param features numbers of the features it has, ascending
   */
  code(values: Float32Array, features: Uint32Array): CodedDataset {
    const fine = new Uint8Array(values.length)
    const unknown = this.lacksValues(values, features) ? Infinity : 0
    const fineError = rootCodes(values, this.offsets, fine)
    const coarse = new Uint8Array(this.rows.stride)
    const coarseError = rootCodes(mergeValues(values, this.merged), this.merged.offsets, coarse)
    return { features, coarse, coarseError: coarseError + unknown, fine, fineError: fineError + unknown }
  }

  /** Whether one of some features is all 0. */
  lacksValues(values: ArrayLike<number>, features: Uint32Array): boolean {
    return features.some(f => {
      for (let b = this.offsets[f]; b < this.offsets[f + 1]; b++) if (values[b] > 0) return false
      return true
    })
  }

  /** Makes room for so many datasets in all, their codes apart. */
  reserve(datasets: number): void {
    if (datasets > this.#setOf.length) this.#grow(datasets)
  }

  /**
   * Adds a dataset's codes; the fine ones are the caller's to keep.
   *
   * @returns its number in the block
   */
  append({ features, coarse, coarseError, fineError }: Omit<CodedDataset, 'fine'>): number {
    const at = this.size
    const room = this.extend({
      setOf: Uint32Array.of(this.sets.numberOf(features)),
      coarseErrors: Float32Array.of(coarseError),
      fineErrors: Float32Array.of(fineError),
    })
    room.set(coarse)
    return at
  }

  /**
   * Adds datasets of which everything is known but the merged codes.
   *
   * @returns where those go, shape (datasets × stride), to be filled before the next one is added
   */
  extend(rounding: DatasetRounding): Uint8Array {
    this.#round(rounding)
    return this.rows.extend(rounding.setOf.length)
  }

  /** The same of datasets whose merged codes lie elsewhere. */
  extendFrom(rounding: DatasetRounding, source: RowSource): void {
    this.#round(rounding)
    this.rows.append(source)
  }

  #round({ setOf, coarseErrors, fineErrors }: DatasetRounding): void {
    const at = this.size
    if (at + setOf.length > this.#setOf.length) this.#grow(Math.ceil((at + setOf.length) * 1.25))
    this.#setOf.set(setOf, at)
    this.#coarseErrors.set(coarseErrors, at)
    this.#fineErrors.set(fineErrors, at)
  }

  #grow(size: number): void {
    const [setOf, coarse, fine] = [this.#setOf, this.#coarseErrors, this.#fineErrors]
    this.#setOf = new Uint32Array(size)
    this.#coarseErrors = new Float32Array(size)
    this.#fineErrors = new Float32Array(size)
    this.#setOf.set(setOf)
    this.#coarseErrors.set(coarse)
    this.#fineErrors.set(fine)
  }
}
