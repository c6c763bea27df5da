import { mostProbable } from '../math/probabilities.ts'
import { silhouette, TRANSFERABILITY_METRICS, type TransferabilityMetric } from '../transferability/index.ts'
import type { ModelAnswers } from './model-answers.ts'
import type { ModelScores, ScoreContext } from './score.ts'

/** Share of rows with the right label; a row whose label the model does not know counts as wrong. */
export function sampleAccuracy(
  { probabilities }: ModelAnswers,
  { known }: Pick<ScoreContext, 'known'>,
): number | undefined {
  if (known === undefined || known.every(label => label < 0)) return undefined
  return mostProbable(probabilities).filter((label, row) => label === known[row]).length / known.length
}

/** Scores of models on rows whose labels are known. */
export const LABELLED_SCORES: ModelScores = {
  accuracy: sampleAccuracy,
  ...Object.fromEntries(TRANSFERABILITY_METRICS.map(metric => [metric.name, valueOf(metric)])),
}

function valueOf(metric: TransferabilityMetric): ModelScores[keyof ModelScores] {
  return async ({ probabilities, embeddings }, { classes, project, silhouette: how, work }) => {
    if (classes === undefined) return undefined
    if (metric.reads === 'probabilities') return metric.score(probabilities, classes)
    if (embeddings === undefined) return undefined
    return metric.name === 'neuralrank'
      ? silhouette(await project(embeddings), classes, how)
      : metric.score(embeddings, classes, work)
  }
}
