import { seededRandom } from '../common/random.ts'
import { choleskyFactor } from '../math/cholesky.ts'
import { gaussian } from '../math/gaussian.ts'
import { accuracyMoments, type AccuracyMoments } from './accuracy-moments.ts'
import { checkEvidence, type LabelEvidence } from './label-evidence.ts'
import { labelPosterior, type LabelPosterior } from './label-posterior.ts'
import { sampledRows } from './sampled-rows.ts'

const SAMPLES = 1_024
const POOL = 300

/** What is believed of models, given the labels of some rows. */
export interface ModelBeliefs {
  /** Expected accuracy on all rows, in [0, 1]; shape (models). */
  readonly accuracies: Float64Array
  /** Probability of being the best, summing to 1; shape (models). */
  readonly best: Float64Array
  /** Models by expected accuracy, the greatest first; of equals the first. */
  readonly order: readonly number[]
  /** Accuracy that is expected to be lost by choosing the first of `order`, against the best; at least 0. */
  readonly expectedRegret: number
  /** Share of the rows on which the models disagree. */
  readonly disagreement: number
}

/**
 * What is believed of each model's accuracy on all rows, given the labels of some, however those were chosen: rows
 * without a label count by what `labelPosterior` says of them, so rows that were chosen because they tell models apart
 * weigh no more than others. The accuracy on such rows alone would be that of the hardest.
 *
 *   A_h = (1/n) Σ_i E[1{y_i = h(x_i)} | labels],   P(best) and E[max_h A_h] − max_h E[A_h] from seeded samples of the
 *   Gaussian posterior of A
 *
 * Rows on which all agree add the same to all: what they say of themselves is seldom known, so the order and the regret
 * are surer than the accuracies.
 *
 * @throws TOO_FEW_ROWS, SHAPE, OUT_OF_RANGE as checkEvidence
 */
export function modelBeliefs(evidence: LabelEvidence, { seed = 0 } = {}): ModelBeliefs {
  checkEvidence(evidence)
  const { predictions, classes } = evidence
  const posterior = labelPosterior(evidence)
  const rows = sampledRows(posterior.open, POOL, seed)
  const covariance = posterior.covariance(rows)
  const moments = accuracyMoments(posterior, { predictions, rows, covariance }, classes)
  const share = posterior.disagreed.length / predictions[0].length
  const agreed = agreedAccuracy(evidence, posterior)
  const { mean } = moments
  const order = [...mean.keys()].sort((a, b) => mean[b] - mean[a] || a - b)
  const { best, expectedMost } = sampledBest(moments, seed)
  return {
    accuracies: mean.map(value => Math.min(1, Math.max(0, share * value + agreed))),
    best,
    order,
    expectedRegret: share * Math.max(0, expectedMost - mean[order[0]]),
    disagreement: share,
  }
}

/** What the rows on which all models agree add to the accuracy of each. */
function agreedAccuracy({ predictions, labels }: LabelEvidence, posterior: LabelPosterior): number {
  const differs = new Set(posterior.disagreed)
  const rows = predictions[0].length
  let sum = 0
  for (let row = 0; row < rows; row++) {
    if (differs.has(row)) continue
    const said = predictions[0][row]
    if (labels.has(row)) sum += said >= 0 && labels.get(row) === said ? 1 : 0
    else sum += posterior.expectedRight(row)[0]
  }
  return sum / rows
}

/** P(best) and E[max] of Gaussian accuracies. */
function sampledBest({ mean, covariance }: AccuracyMoments, seed: number) {
  const models = mean.length
  const factor = withJitter(covariance, models)
  choleskyFactor(factor, models)
  const normal = gaussian(seededRandom(seed))
  const best = new Float64Array(models)
  let sum = 0
  for (let s = 0; s < SAMPLES; s++) {
    const drawn = Float64Array.from({ length: models }, normal)
    let [first, most] = [0, -Infinity]
    for (let m = 0; m < models; m++) {
      let value = mean[m]
      for (let other = 0; other <= m; other++) value += factor[m * models + other] * drawn[other]
      if (value > most) [first, most] = [m, value]
    }
    best[first] += 1 / SAMPLES
    sum += most
  }
  return { best, expectedMost: sum / SAMPLES }
}

/** Models that say the same of every row make it singular. */
function withJitter(covariance: Float64Array, size: number): Float64Array {
  const jittered = covariance.slice()
  let trace = 0
  for (let m = 0; m < size; m++) trace += covariance[m * size + m]
  for (let m = 0; m < size; m++) jittered[m * size + m] += 1e-9 * trace + Number.MIN_VALUE
  return jittered
}
