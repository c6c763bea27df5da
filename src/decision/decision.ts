import type { EvidenceName } from './evidence-names.ts'

/** What is expected of one candidate. */
export interface DecidedCandidate {
  /** `owner/model` */
  readonly name: string
  /** Predicted value, in [0, 1]. */
  readonly value: number
  /** The interval's ends, in [0, 1]. */
  readonly low: number
  readonly high: number
  /** What each piece of evidence adds to the mean over the candidates; the value is `base` and all of these. */
  readonly pulls: readonly { readonly evidence: EvidenceName | 'labels'; readonly points: number }[]
}

/**
 * - `best`: one candidate stands out.
 * - `as-good`: some others may be the best as well.
 * - `cannot-tell`: the evidence says too little to leave the data-blind first for another: label rows, or keep it.
 */
export type DecisionCode = 'best' | 'as-good' | 'cannot-tell'

/** One answer from all the evidence. */
export interface Decision {
  /** Best first. */
  readonly candidates: readonly DecidedCandidate[]
  /** Mean predicted value of the candidates. */
  readonly base: number
  readonly code: DecisionCode
  /** Names of the candidates that may be the best, best first. */
  readonly asGood: readonly string[]
  /** Names in the order that looks at no data. */
  readonly blindOrder: readonly string[]
  /** Whether the target's data put another candidate first than that order does. */
  readonly dataChangedFirst: boolean
  /** The answer in words, with what to do. */
  readonly message: string
  readonly basis: DecisionBasis
}

/** What a decision rests on. */
export interface DecisionBasis {
  /** `history`: the hub's own, which an interval's level holds for; `default`: other hubs', where it is an estimate. */
  readonly kind: 'history' | 'default'
  /** Known datasets that it was learned from. */
  readonly datasets: number
  /** Share of values that should lie within their intervals. */
  readonly level: number
  /** Evidence that was used. */
  readonly evidence: readonly EvidenceName[]
}
