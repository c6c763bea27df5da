import type { MatrixWork } from '../math/gram.ts'
import type { ModelAnswers } from './model-answers.ts'

/** A way to score models that were run; of two the higher score is the better, whatever the score. */
interface AnyScore {
  readonly name: string
  /** One line for the help text: what it is, its range. */
  readonly about: string
  readonly needs: 'labels' | 'nothing'
}

/** What the score of one model may look at beside its outputs. */
export interface ScoreContext {
  /** The target's labels as numbers from 0, shape (rows); undefined where the rows are not labelled. */
  readonly classes?: Int32Array
  /** Those labels among the model's own classes, −1 for one that it does not know; shape (rows). */
  readonly known?: Int32Array
  /** D of neuralRank. */
  readonly pca: number
  readonly work: MatrixWork
}

/** A score of one model by itself. */
export interface ModelScore extends AnyScore {
  /** So dear that it is computed only where it is asked for. */
  readonly slow?: true
  /** Undefined where the evidence for it is missing. */
  value(model: ModelAnswers, context: ScoreContext): number | undefined | Promise<number | undefined>
}

/** What the models of a zoo say of the same rows. */
export interface Crowd {
  /** In the joined label space: one array of shape (rows) per model. At least two models. */
  readonly predictions: readonly Int32Array[]
  /** Fit of each model's training data to the target, shape (models), where it is known of all. */
  readonly fits?: readonly number[]
  /** The rarer label where there are two. */
  readonly positive?: number
}

/** A score of each model beside the others. */
export interface CrowdScore extends AnyScore {
  /** Shape (models); undefined where the evidence for it is missing. */
  values(crowd: Crowd): Float64Array | undefined
}
