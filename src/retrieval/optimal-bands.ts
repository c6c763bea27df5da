import { ModelHubError } from '../common/modelhub-error.ts'
import { integrate } from '../math/integrate.ts'
import type { BandShape } from './band-tables.ts'

/** What a miss and a false alarm cost; the two sum to 1. */
export interface ErrorWeights {
  readonly falsePositive: number
  readonly falseNegative: number
}

export const EQUAL_WEIGHTS: ErrorWeights = { falsePositive: 0.5, falseNegative: 0.5 }

/**
 * Probability that two signatures agree in at least one whole band.
 *
 *   1 − (1 − p^K)^L,   p the probability that they agree in one value
 */
export function bandCollision(p: number, { bands, values }: BandShape): number {
  return 1 - (1 - p ** values) ** bands
}

/**
 * The bands that err least around a threshold of the Jaccard similarity.
 *
 *   argmin_{L K ≤ n}  w_fp ∫_0^t 1 − (1 − s^K)^L ds + w_fn ∫_t^1 (1 − s^K)^L ds
 *                                                   Leskovec, Rajaraman and Ullman, ch. 3; datasketch's optimal_param
 *
 * @param threshold t in [0, 1]
 * @param length values of a signature, n ≥ 1
 * @throws OUT_OF_RANGE when the threshold lies outside [0, 1], or a weight does
 */
export function optimalBands(threshold: number, length: number, weights: ErrorWeights = EQUAL_WEIGHTS): BandShape {
  return leastError(length, length, shape => {
    const collides = (s: number) => bandCollision(s, shape)
    return weightedError(collides, { threshold, most: 1 }, weights)
  })
}

/**
 * The bands that err least around a threshold of containment, t = |Q ∩ X| / |Q|, of sets of one ratio of sizes.
 *
 *   s(t) = t / (1 + x/q − t)                                        Zhu et al. (2016), LSH Ensemble, Eqs. 5 and 9
 *
 * @param threshold t in [0, 1]
 * @param sizeRatio x/q > 0, size of the stored set (or an upper bound of it) over that of the query
 * @param limits length n of a signature, and the most values in a band
 */
export function optimalContainmentBands(
  threshold: number,
  sizeRatio: number,
  { length, mostValues }: { readonly length: number; readonly mostValues: number },
  weights: ErrorWeights = EQUAL_WEIGHTS,
): BandShape {
  return leastError(length, mostValues, shape => {
    const collides = (t: number) => bandCollision(t / (1 + sizeRatio - t), shape)
    return weightedError(collides, { threshold, most: Math.min(1, sizeRatio) }, weights)
  })
}

/** @throws OUT_OF_RANGE when the value lies outside [0, 1] */
export function requireShare(value: number, name: string): void {
  if (value >= 0 && value <= 1) return
  throw new ModelHubError('OUT_OF_RANGE', `${name}: expected a number in [0, 1], got ${value}`)
}

function weightedError(
  collides: (similarity: number) => number,
  { threshold, most }: { readonly threshold: number; readonly most: number },
  { falsePositive, falseNegative }: ErrorWeights,
): number {
  requireShare(threshold, 'threshold')
  requireShare(falsePositive, 'weights.falsePositive')
  requireShare(falseNegative, 'weights.falseNegative')
  const alarms = integrate(collides, [0, Math.min(threshold, most)])
  const misses = most > threshold ? integrate(s => 1 - collides(s), [threshold, most]) : 0
  return falsePositive * alarms + falseNegative * misses
}

/** Ties go to the fewest bands, then to the fewest values. */
function leastError(length: number, mostValues: number, errorOf: (shape: BandShape) => number): BandShape {
  let best: BandShape = { bands: 1, values: 1 }
  let least = Infinity
  for (let bands = 1; bands <= length; bands++) {
    for (let values = 1; values <= Math.min(mostValues, Math.floor(length / bands)); values++) {
      const error = errorOf({ bands, values })
      if (error < least) [least, best] = [error, { bands, values }]
    }
  }
  return best
}
