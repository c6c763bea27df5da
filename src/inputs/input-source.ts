import type { ReadOptions } from '../dataset/index.ts'
import type { Numbers } from './to-elements.ts'

/** How many rows a dataset has, and their labels where it has them. */
export interface Census {
  readonly rows: number
  /** One a row; null where a row has none. */
  readonly labels?: readonly (string | null)[]
}

/** Values of some rows for one graph input. */
export interface BatchTensor {
  /** Sizes of one row. */
  readonly rowShape: readonly number[]
  /** Row-major. */
  readonly values: Numbers
}

/** Rows made ready for a model. */
export interface InputBatch {
  /** Which rows of the dataset, ascending. */
  readonly rows: Uint32Array
  /** One for each tensor of the signature, in its order. */
  readonly tensors: readonly BatchTensor[]
}

/** A dataset that gives what a model is fed. */
export interface InputSource {
  /** What the user should know; complete once the batches have been read. */
  readonly warnings: readonly string[]
  /** Reads as much of the dataset as it takes to know its rows, its labels, and what normalisation needs of all rows. */
  census(options: ReadOptions): Promise<Census>
  /**
   * The chosen rows in order, in batches that fit into memory; rows that cannot be read are left out.
   *
   * @param chosen ascending; `census` has been called
   */
  batches(chosen: Uint32Array, options: ReadOptions): AsyncGenerator<InputBatch>
  close(): void
}

/** Values that a batch may hold, all tensors together: some 16 MB. */
export const BATCH_VALUES = 2 ** 21
