import type { Pooling, RunLimits } from '../inference/index.ts'
import type { CacheOptions } from './activation-cache.ts'
import type { DataOptions } from './load-sketch.ts'
import type { SearchOptions } from './search-hub.ts'

/** What an evaluation measures, in [0, 1]. */
export const MEASURES = ['accuracy', 'f1'] as const

export type Measure = (typeof MEASURES)[number]

/** A labelled dataset that models are evaluated on. */
export interface LabelledDataset {
  /** What it goes by in the hub's history; that of its file where it is one, when absent. */
  readonly name?: string
  /** Files, globs or folders; for ready tensors `NAME=FILE.npy`. */
  readonly places: readonly string[]
  /** Table or .npy file of labels beside ready tensors. */
  readonly labels?: string
}

/** Which models of a hub to evaluate, and how. */
export interface HubEvaluateOptions extends DataOptions, Pick<SearchOptions, 'match' | 't1' | 't2' | 'where'> {
  /** Models to run, fitting or not, as `owner/model` or `owner/model@3`; the latest of all that fit when absent. */
  readonly models?: readonly string[]
  /** By the name of a dataset the models whose own it is: trained on it, or on other rows of the same source. */
  readonly own?: Readonly<Record<string, readonly string[]>>
  readonly pooling?: Pooling
  /** Rows to run on; default 2,000. */
  readonly sample?: number | 'all'
  readonly limits?: RunLimits
  /** Keeps what models give, so that none is run twice on the same rows; nothing is kept when absent. */
  readonly cache?: CacheOptions
  /** What is measured; `accuracy` unless told. `f1` is that of one label, where there are two or `positive` says which. */
  readonly measure?: Measure
  /** Label whose F1 is measured; the rarer of two unless told. */
  readonly positive?: string
  /** Evaluate anew what the history has already. */
  readonly again?: boolean
}
