import { kendallTau } from '../src/math/correlation.ts'
import type { Embeddings } from '../src/math/embeddings.ts'
import { principalComponents, silhouette, type MatrixWork } from '../src/transferability/index.ts'
import { scoreModels } from '../src/rank/index.ts'
import { spreadRows } from './matrix/runnable-workload.ts'
import { answersOn, embeddingRows, type Digits, type ZooAnswers } from './neuralrank-runs.ts'

/** A target: some classes of a dataset. */
export interface Target {
  readonly id: string
  /** Rows of the dataset that are of its classes. */
  readonly rows: readonly number[]
  readonly classOf: Int32Array
}

/** Five classes of a dataset, as the paper has them, or all ten. */
export function targetOf({ name, classOf }: Digits, [from, to]: readonly [number, number]): Target {
  const rows = [...classOf.keys()].filter(row => classOf[row] >= from && classOf[row] <= to)
  const id = to - from === 9 ? name : `${name}-${from}-${to}`
  return { id, rows, classOf: Int32Array.from(rows, row => classOf[row]) }
}

/** Silhouettes of one layer's principal components. */
export interface Silhouettes {
  readonly mean: number
  readonly centroid: number
}

/** neuralRank of a layer on the rows of a target, both ways. */
export async function silhouettesOf(layer: Embeddings, target: Target, work: MatrixWork, pca = 10) {
  const { projected } = await principalComponents(embeddingRows(layer, target.rows), pca, work)
  return {
    mean: silhouette(projected, target.classOf),
    centroid: silhouette(projected, target.classOf, { b: 'centroid' }),
  } satisfies Silhouettes
}

/** Scores of every model on a target by the name of the score: what `modelhub rank` computes, the slow ones too. */
export async function scoresOn(
  zoo: readonly ZooAnswers[],
  target: Target,
  { work, rows: most, labelOf }: { readonly work: MatrixWork; readonly rows: number; labelOf(row: number): string },
): Promise<Map<string, number[]>> {
  const rows = spreadRows(target.rows, most)
  const answers = zoo.map(one => answersOn(one, rows))
  const sampled = { rows: rows.length, labels: rows.map(labelOf) }
  const { scores } = await scoreModels(answers, sampled, { also: 'all', work })
  const names = [...new Set(scores.flatMap(found => [...found.keys()]))]
  return new Map(names.map(name => [name, scores.map(found => found.get(name) ?? -Infinity)]))
}

/** How well an order by a score is that by the truth. */
export interface Agreement {
  readonly tau: number
  /** Truth of the best model less that of the one chosen. */
  readonly regret: number
}

/** τ-b between scores and truth, and what choosing by the score costs. */
export function agreement(scores: readonly number[], truth: readonly number[]): Agreement {
  const chosen = scores.indexOf(Math.max(...scores))
  return { tau: kendallTau(scores, truth), regret: Math.max(...truth) - truth[chosen] }
}
