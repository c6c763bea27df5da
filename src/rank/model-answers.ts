import type { Calibration, Logits } from '../confidence/index.ts'
import type { Embeddings } from '../math/embeddings.ts'
import type { Probabilities } from '../math/probabilities.ts'

/** What one model said of the rows it was run on. */
export interface ModelAnswers {
  /** `owner/model` */
  readonly name: string
  /** Name of each class, in the order of the scores. */
  readonly labels: readonly string[]
  /** Shape (rows, classes). */
  readonly probabilities: Probabilities
  /** Shape (rows, classes); undefined where the model gives probabilities alone. */
  readonly logits?: Logits
  /** Activations of the layer that is looked at, shape (rows, dimensions); undefined where the model has no such layer. */
  readonly embeddings?: Embeddings
  /** What its publisher measured on held-out rows, where the card tells. */
  readonly calibration?: Calibration
  /** Fit of its training data to the target, in [0, 1], where sketches told. */
  readonly fit?: number
  /** Mean accuracy on the hub's other labelled datasets, in [0, 1], where its history has any. */
  readonly elsewhere?: number
}

/** The rows that the models were run on. */
export interface SampledRows {
  readonly rows: number
  /** Name of each row's class, undefined for a row without one; absent where no row has one. Shape (rows). */
  readonly labels?: readonly (string | undefined)[]
}
