import type { CrowdAgreement } from '../confidence/index.ts'

/** What is known of a model before its accuracy on the target is: finite numbers by name, a missing one unknown. */
export type Evidence = Readonly<Record<string, number>>

/** A model that may serve the target. */
export interface DecisionCandidate {
  /** `owner/model` */
  readonly name: string
  readonly evidence: Evidence
}

/** A dataset, and the models that may serve it. */
export interface DecisionTarget {
  readonly candidates: readonly DecisionCandidate[]
  /** How the candidates agree on its rows, in their order, where they were run. */
  readonly agreement?: CrowdAgreement
  /** What its values are, where that is known: accuracy, or F1 of the rarer of two labels. */
  readonly metric?: 'accuracy' | 'f1'
}

/** A dataset of the history: how well each candidate did is known. */
export interface KnownTarget extends DecisionTarget {
  readonly name: string
  /** Datasets that hold the same data share it: none of them is history of another. */
  readonly kin: string
  /** Accuracy, or what the hub measures, of each candidate; shape (candidates), in [0, 1]. */
  readonly values: readonly number[]
}
