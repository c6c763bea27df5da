/** What a decision and the named comparators came to on one target. */
export interface TargetOutcome {
  readonly target: string
  readonly group: string
  readonly candidates: number
  readonly regret: number
  readonly pearson: number
  /** Regret of each single signal by name; those that cannot rank this target take the mean of its candidates. */
  readonly comparators: Readonly<Record<string, number>>
  /** Pearson's correlation of each sketch signal. */
  readonly sketchPearson: Readonly<Record<string, number>>
  /** Candidates whose value lies in its interval. */
  readonly inside: number
  /** Mean width of the intervals. */
  readonly width: number
  readonly code: string
  /** Whether a best candidate is among those called as good. */
  readonly bestIsAsGood: boolean
  readonly asGood: number
  /** Regret of the data-blind first. */
  readonly blindRegret: number
}

/** What running five without labels came to on one target. */
export interface FiveOutcome {
  readonly target: string
  /** The five, and what was predicted of each before it was run. */
  readonly ran: readonly { readonly name: string; readonly prior: number }[]
  /** Of the first before anything is run. */
  readonly first: number
  /** Of the best of the five: nothing can be lower. */
  readonly oracle: number
  /** Of the one that is chosen once five were run. */
  readonly chosen: number
}

/** A workload as it is looked at. */
export interface ViewOutcome {
  readonly view: string
  readonly withHistory: readonly TargetOutcome[]
  readonly fiveRun: readonly FiveOutcome[]
  readonly seconds: number
}
