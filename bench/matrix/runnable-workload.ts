import type { Logits } from '../../src/confidence/logits.ts'
import type { Embeddings } from '../../src/math/embeddings.ts'
import type { Probabilities } from '../../src/math/probabilities.ts'
import type { Workload } from '../workload.ts'

/** One input of a model: shape (rows, …rowShape). */
export interface RunInput {
  readonly rowShape: readonly number[]
  readonly values: Float32Array
}

/** Rows that models are run on. */
export interface RunRows {
  readonly rows: number
  /** By name of the model's input. */
  readonly inputs: Readonly<Record<string, RunInput>>
  /** Name of each row's class, shape (rows). */
  readonly labels: readonly string[]
}

/** What a model says of rows. */
export interface ZooAnswers {
  readonly logits: Logits
  readonly probabilities: Probabilities
  /** Of the last layer but one. */
  readonly embeddings: Embeddings
}

/** A model in this process. */
export interface ZooModel {
  answer(rows: RunRows): Promise<ZooAnswers>
}

/** A model that can be opened, and what is known of it. */
export interface RunnableModel {
  readonly id: string
  /** Name of each class, in the order of the logits. */
  readonly labels: readonly string[]
  readonly trainingRows: number
  open(): Promise<ZooModel>
}

/** A workload whose models can be run. */
export interface RunnableWorkload {
  readonly workload: Workload
  /** What `serving` holds, in words. */
  readonly truth: string
  readonly runnable: readonly RunnableModel[]
  /** Leaves out the scores that need labels, where there are so many pairs that they would take an hour. */
  readonly withoutLabels?: boolean
  /** The target's rows, at most some 2,000 of them. */
  rowsOf(target: string): Promise<RunRows>
  /** Rows of the model's own data that it was not trained on; undefined where there are none. */
  heldOutOf(model: string): Promise<RunRows | undefined>
  /** Other measurements of a model on a target, by name. */
  alsoTrue?(model: string, target: string): Readonly<Record<string, number>>
  /** What model and target have in common beside the data, by name. */
  kinship?(model: string, target: string): Readonly<Record<string, boolean>>
}

/** Most rows of a target that models are run on. */
export const MOST_ROWS = 2000

/** At most `most` of some rows, evenly spread. */
export function spreadRows(rows: readonly number[], most = MOST_ROWS): number[] {
  if (rows.length <= most) return [...rows]
  return Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)])
}
