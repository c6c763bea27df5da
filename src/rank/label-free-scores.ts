import {
  averageThresholdConfidence,
  confidenceBasedPerformance,
  differenceOfConfidences,
  meanConfidence,
  meanEnergy,
  meanEntropy,
  meanMargin,
  metaDistributionEnergy,
  nuclearNorm,
} from '../confidence/index.ts'
import { mostProbable } from '../math/probabilities.ts'
import { neuralRank } from '../transferability/index.ts'
import type { ModelAnswers } from './model-answers.ts'
import type { ModelScore, ScoreContext } from './score.ts'

const score = (name: string, about: string, value: ModelScore['value']): ModelScore => {
  return { name, about, needs: 'nothing', value }
}

/** Scores of models on rows whose labels nobody knows. */
export const LABEL_FREE_SCORES: readonly ModelScore[] = [
  score('fit', 'how well the training data cover the target, by sketches alone, in [0, 1]', ({ fit }) => fit),
  score('confidence', 'mean of the highest probability, in [0, 1]', ({ probabilities }) =>
    meanConfidence(probabilities),
  ),
  score('entropy', 'mean entropy of the probabilities, negated, nats, ≤ 0', ({ probabilities }) =>
    negated(meanEntropy(probabilities)),
  ),
  score('margin', 'mean of the highest probability less the second, in [0, 1]', ({ probabilities }) =>
    meanMargin(probabilities),
  ),
  score('nuclear-norm', 'how sure and how varied the predictions are (Deng et al. 2023), in [0, 1]', model =>
    nuclearNorm(model.probabilities),
  ),
  score(
    'energy',
    'mean energy of the logits (Liu et al. 2020), negated',
    ({ logits }) => logits && negated(meanEnergy(logits)),
  ),
  score('mde', 'meta-distribution energy (Peng et al. 2024)', ({ logits }) => logits && metaDistributionEnergy(logits)),
  score(
    'atc',
    'predicted accuracy: rows surer than the card’s threshold (Garg et al. 2022), in [0, 1]',
    model => model.calibration && averageThresholdConfidence(model.probabilities, model.calibration),
  ),
  score(
    'doc',
    'predicted accuracy: the card’s, less the drop in confidence (Guillory et al. 2021), in [0, 1]',
    model => model.calibration && differenceOfConfidences(model.probabilities, model.calibration),
  ),
  score(
    'cbpe',
    'predicted accuracy: mean confidence at the card’s temperature, in [0, 1]',
    model => model.calibration && confidenceBasedPerformance(model.probabilities, model.calibration).accuracy,
  ),
  score(
    'neuralrank-predicted',
    'neuralRank on the model’s own predictions in place of labels, in [−1, 1]',
    ownClusters,
  ),
]

/** neuralRank of the predicted labels; undefined where the model predicts one class alone. */
function ownClusters({ probabilities, embeddings }: ModelAnswers, { pca, work }: ScoreContext) {
  const predicted = mostProbable(probabilities)
  if (embeddings === undefined || predicted.every(label => label === predicted[0])) return undefined
  return neuralRank(embeddings, predicted, { pca, ...work })
}

/** Not −0. */
function negated(value: number): number {
  return 0 - value
}
