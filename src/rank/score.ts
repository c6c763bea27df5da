import type { Embeddings, Points } from '../math/embeddings.ts'
import type { MatrixWork } from '../math/gram.ts'
import type { SilhouetteOptions } from '../transferability/index.ts'
import type { ModelAnswers } from './model-answers.ts'
import type { ScoreName } from './score-names.ts'

/** What the score of one model may look at beside its answers. */
export interface ScoreContext {
  /** The target's labels as numbers from 0, shape (rows); undefined where the rows are not labelled. */
  readonly classes?: Int32Array
  /** Those labels among the model's own classes, −1 for one that it does not know; shape (rows). */
  readonly known?: Int32Array
  /** Principal components that neuralRank looks at, found once for the same embeddings. */
  project(embeddings: Embeddings): Promise<Points>
  /** How neuralRank measures. */
  readonly silhouette?: SilhouetteOptions
  readonly work: MatrixWork
}

type Told = number | undefined

/** Scores of one model by itself; undefined where the evidence is missing. */
export type ModelScores = Partial<
  Record<ScoreName, (model: ModelAnswers, context: ScoreContext) => Told | Promise<Told>>
>

/** What the models of a zoo say of the same rows. */
export interface Crowd {
  /** In the joined label space: one array of shape (rows) per model. At least two models. */
  readonly predictions: readonly Int32Array[]
  /** Fit of each model's training data to the target, shape (models), where it is known of all. */
  readonly fits?: readonly number[]
  /** The rarer label where there are two. */
  readonly positive?: number
}

/** Scores of each model beside the others, shape (models); undefined where the evidence is missing. */
export type CrowdScores = Partial<Record<ScoreName, (crowd: Crowd) => Float64Array | undefined>>
