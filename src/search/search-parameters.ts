import type { MatchRule } from '../sketch/match-features.ts'
import type { Threshold } from './evidence.ts'
import type { MetricName } from './metrics.ts'

/** `joint`: feature × bin in the reference bins of a domain. `pooled`: all features in one histogram (2020 paper). */
export type SampleSpace = 'joint' | 'pooled'

export interface SearchParameters {
  readonly metric: MetricName
  readonly space: SampleSpace
  readonly match: MatchRule
  /** A model is a candidate when its overlap is above this (Def. 3), in [0, 1). */
  readonly t1: number
  /** Features match by distribution when their estimated Jaccard is above this (Def. 3), in [0, 1). */
  readonly t2: number
  /** JS divergence below which two partitions match (Def. 2), in nats; `auto` follows the partitions' sizes. */
  readonly threshold: Threshold
  /** Def. 4: only models with at least this adaptivity. */
  readonly minAdaptivity?: number
  /** Def. 4: only models with at most this JS divergence, in nats. */
  readonly maxJs?: number
}

export const DEFAULT_PARAMETERS: SearchParameters = {
  metric: 'fit',
  space: 'joint',
  match: 'both',
  t1: 0.5,
  t2: 0.5,
  threshold: 'auto',
}
