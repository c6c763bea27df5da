import { ModelHubError } from '../common/modelhub-error.ts'
import { kendallTau } from '../math/correlation.ts'
import { twoCamps } from './camps.ts'
import { agreementWithVote } from './vote.ts'
import { checkPredictions, type ZooPredictions } from './zoo-predictions.ts'

export interface CrowdAlarmOptions {
  /** How similar each model's training data are to the target, by any score of which more is better; shape (models). */
  readonly similarity?: readonly number[]
  /** Least share of the zoo that the smaller camp must have. Default 0.2: a few odd models are no camp. */
  readonly smallestCamp?: number
  /** Largest κ between two camps that disagree. Default 0.1: no more agreement than chance gives, save for little. */
  readonly largestKappa?: number
}

export interface CrowdAlarm {
  /** Whether the vote of this zoo should not be trusted. */
  readonly alarm: boolean
  /** One sentence for the user, with the numbers, whether there is an alarm or not. */
  readonly reason: string
  /** Models of the larger and of the smaller camp, by number; empty when the zoo is of one mind. */
  readonly camps: readonly (readonly number[])[]
}

/** τ must lie this far below 0, whatever the number of models. */
const LEAST_CONTRADICTION = 0.2

/** One-sided 5 % of the normal distribution. */
const SURE = 1.645

/**
 * Warns where the crowd may be wrong: agreement and votes rank models well only while most of them are mostly right.
 *
 * Two grounds, each enough:
 * - camps: the zoo's two camps (average linkage on agreement) agree with each other no more than chance (Cohen's κ),
 *   and the smaller one is a fair share of the zoo. One camp is then wrong, and counting heads cannot tell which.
 * - similarity: models trained on more similar data agree *less* with the vote; Kendall's τ-b is below −0.2 and below
 *   what chance gives in 5 % of zoos of this size.
 *
 * The defaults were set with four public zoos in view (one with camps, three without), so that they tell those apart is
 * no evidence for them.
 *
 * Of five models one is a fair share. On 207 targets, the five that fit best each, such a camp of one was there 22 times,
 * and the vote then hardly better than a choice at random; elsewhere it lost half as much (`npm run bench:crowd-alarm`).
 *
 * @throws TOO_FEW_ROWS, SHAPE as checkPredictions; OUT_OF_RANGE with fewer than two models
 * @throws SHAPE when similarity and models differ in number; OUT_OF_RANGE when a similarity is NaN
 */
export function crowdAlarm(predictions: ZooPredictions, options: CrowdAlarmOptions = {}): CrowdAlarm {
  const { similarity, smallestCamp = 0.2, largestKappa = 0.1 } = options
  checkPredictions(predictions, 2)
  if (similarity) checkSimilarity(similarity, predictions.length)
  const { camps, kappa } = twoCamps(predictions)
  const smaller = camps[1].length / predictions.length
  const between = `κ between the camps of ${camps[0].length} and ${camps[1].length} models is ${kappa.toFixed(2)}`
  const split = smaller >= smallestCamp && kappa <= largestKappa
  if (split) return { alarm: true, reason: `two camps agree no more than chance: ${between}`, camps }
  if (similarity) {
    const tau = kendallTau(similarity, agreementWithVote(predictions))
    const bound = contradiction(predictions.length)
    if (tau < bound) {
      const numbers = `τ of similarity with agreement is ${tau.toFixed(2)}, below ${bound.toFixed(2)}`
      return { alarm: true, reason: `the vote contradicts the order by similarity: ${numbers}`, camps: [] }
    }
  }
  return { alarm: false, reason: `no two camps of fair size disagree: ${between}`, camps: [] }
}

function checkSimilarity(similarity: readonly number[], models: number): void {
  if (similarity.length !== models) {
    throw new ModelHubError('SHAPE', `similarity: expected shape (${models}), got (${similarity.length})`)
  }
  if (similarity.some(value => Number.isNaN(value))) {
    throw new ModelHubError('OUT_OF_RANGE', 'similarity: expected numbers, got NaN')
  }
}

/** The τ of n numbers below which two orders contradict each other. */
function contradiction(n: number): number {
  const deviation = Math.sqrt((2 * (2 * n + 5)) / (9 * n * (n - 1)))
  return -Math.max(LEAST_CONTRADICTION, SURE * deviation)
}
