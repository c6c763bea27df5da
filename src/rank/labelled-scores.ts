import { neuralRank, TRANSFERABILITY_METRICS, type TransferabilityMetric } from '../transferability/index.ts'
import { mostProbable } from '../math/probabilities.ts'
import type { ModelAnswers } from './model-answers.ts'
import type { ModelScore, ScoreContext } from './score.ts'

const ABOUT: Readonly<Record<string, string>> = {
  neuralrank: 'silhouette of the layer’s principal components by class (neuralRank), in [−1, 1]',
  logme: 'log evidence of the labels given the layer, a row (You et al. 2021)',
  leep: 'log likelihood of the labels through the model’s classes (Nguyen et al. 2020), ≤ 0',
  nce: 'negative conditional entropy of the labels given the predictions (Tran et al. 2019), ≤ 0',
  'h-score': 'variance of the class means over that of the layer (Bao et al. 2019), ≥ 0',
  'regularised-h-score': 'the same with a shrunk covariance (Ibrahim et al. 2022), ≥ 0',
  transrate: 'coding rate of the layer less that within classes (Huang et al. 2022)',
  'nearest-neighbours': 'cross-validated accuracy of nearest neighbours on the layer, in [0, 1]',
  'logistic-probe': 'held-out accuracy of the last layer trained anew, in [0, 1]',
}

const SLOW = new Set(['nearest-neighbours', 'logistic-probe'])

/** Share of rows with the right label; a row whose label the model does not know counts as wrong. */
export function sampleAccuracy({ probabilities }: ModelAnswers, { known }: ScoreContext): number | undefined {
  if (known === undefined || known.every(label => label < 0)) return undefined
  return mostProbable(probabilities).filter((label, row) => label === known[row]).length / known.length
}

/** Scores of models on rows whose labels are known. */
export const LABELLED_SCORES: readonly ModelScore[] = [
  {
    name: 'accuracy',
    about: 'share of the sample predicted right, labels joined by name, in [0, 1]',
    needs: 'labels',
    value: sampleAccuracy,
  },
  ...TRANSFERABILITY_METRICS.map((metric): ModelScore => {
    const slow = SLOW.has(metric.name) ? { slow: true as const } : {}
    return { name: metric.name, about: ABOUT[metric.name], needs: 'labels', ...slow, value: valueOf(metric) }
  }),
]

function valueOf(metric: TransferabilityMetric): ModelScore['value'] {
  return ({ probabilities, embeddings }, { classes, pca, work }) => {
    if (classes === undefined) return undefined
    if (metric.reads === 'probabilities') return metric.score(probabilities, classes)
    if (embeddings === undefined) return undefined
    return metric.name === 'neuralrank'
      ? neuralRank(embeddings, classes, { pca, ...work })
      : metric.score(embeddings, classes, work)
  }
}
