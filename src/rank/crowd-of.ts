import { joinLabelSpaces, toJoinedLabels } from '../confidence/index.ts'
import { mostProbable } from '../math/probabilities.ts'
import type { ModelAnswers } from './model-answers.ts'
import type { Crowd } from './score.ts'

/** The crowd that models make on the same rows, their labels joined by name; undefined of fewer than two models. */
export function crowdOf(models: readonly ModelAnswers[]): Crowd | undefined {
  if (models.length < 2) return undefined
  const { labels, positions } = joinLabelSpaces(models.map(model => model.labels))
  const predictions = models.map(({ probabilities }, m) => toJoinedLabels(mostProbable(probabilities), positions[m]))
  const fits = models.flatMap(({ fit }) => fit ?? [])
  return {
    predictions,
    fits: fits.length === models.length ? fits : undefined,
    positive: labels.length === 2 ? rarer(predictions) : undefined,
  }
}

/** The label of the two, 0 and 1, that is predicted less often; 1 of equals. */
function rarer(predictions: readonly Int32Array[]): number {
  let ones = 0
  let all = 0
  for (const labels of predictions) {
    all += labels.length
    for (const label of labels) ones += label
  }
  return ones * 2 <= all ? 1 : 0
}
