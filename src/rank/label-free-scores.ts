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
import { silhouette } from '../transferability/index.ts'
import type { ModelAnswers } from './model-answers.ts'
import type { ModelScores, ScoreContext } from './score.ts'

/** Scores of models on rows whose labels nobody knows. */
export const LABEL_FREE_SCORES: ModelScores = {
  fit: ({ fit }) => fit,
  elsewhere: ({ elsewhere }) => elsewhere,
  confidence: ({ probabilities }) => meanConfidence(probabilities),
  entropy: ({ probabilities }) => negated(meanEntropy(probabilities)),
  margin: ({ probabilities }) => meanMargin(probabilities),
  'nuclear-norm': ({ probabilities }) => nuclearNorm(probabilities),
  energy: ({ logits }) => logits && negated(meanEnergy(logits)),
  mde: ({ logits }) => logits && metaDistributionEnergy(logits),
  atc: ({ probabilities, calibration }) => calibration && averageThresholdConfidence(probabilities, calibration),
  doc: ({ probabilities, calibration }) => calibration && differenceOfConfidences(probabilities, calibration),
  cbpe: ({ probabilities, calibration }) =>
    calibration && confidenceBasedPerformance(probabilities, calibration).accuracy,
  'neuralrank-predicted': ownClusters,
}

/** neuralRank of the predicted labels; undefined where the model predicts one class alone. */
async function ownClusters({ probabilities, embeddings }: ModelAnswers, { project, silhouette: how }: ScoreContext) {
  const predicted = mostProbable(probabilities)
  if (embeddings === undefined || predicted.every(label => label === predicted[0])) return undefined
  return silhouette(await project(embeddings), predicted, how)
}

/** Not −0. */
function negated(value: number): number {
  return 0 - value
}
