import { pearson } from '../math/correlation.ts'

/** What an order of the candidates of a known target costs: the value lost by its first, and a tenth of 1 − Pearson. */
export function orderCost(scores: Float64Array, values: ArrayLike<number>): number {
  return regretOf(scores, values) + 0.1 * (1 - (pearson(scores, values) || 0))
}

/** Value lost by taking the first of the greatest scores. */
export function regretOf(scores: Float64Array, values: ArrayLike<number>): number {
  let [first, best] = [0, -Infinity]
  for (let c = 0; c < scores.length; c++) {
    if (scores[c] > scores[first]) first = c
    best = Math.max(best, values[c])
  }
  return best - values[first]
}

/** Of 10 known targets: an expert that costs one point of accuracy more weighs e times less. */
const RATE = 100
const RATE_TARGETS = 10

/**
 * Weights of experts by what they would have cost on known targets: exponential weights (Vovk 1990; Hedge, Freund and
 * Schapire 1997), the rate growing with the root of the number of targets as the mean's error falls.
 *
 *   w_e ∝ exp(−η √(T / 10) · cost_e),   η = 100
 *
 * @param costs mean cost of each expert, shape (experts)
 * @param targets T
 * @returns shape (experts), summing to 1
 */
export function expertWeights(costs: readonly number[], targets: number): number[] {
  const least = Math.min(...costs)
  const rate = RATE * Math.sqrt(targets / RATE_TARGETS)
  const weights = costs.map(cost => Math.exp(-rate * (cost - least)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map(weight => weight / total)
}
