import { kullbackLeibler, type KullbackLeiblerOptions } from './kullback-leibler.ts'
import type { Vector } from './histogram.ts'

/**
 * Population stability index of two histograms, in nats: how far a population has drifted.
 *
 *   PSI(P, Q) = Σ_b (p̃_b − q̃_b) ln(p̃_b / q̃_b) = KL(P̃ ‖ Q̃) + KL(Q̃ ‖ P̃)      Siddiqi (2006); Jeffreys (1946)
 *
 * The smoothing is that of `kullbackLeibler`: p̃ = (p + ε) / Σ (p + ε), ε = 1e-4 by default. Symmetric, in [0, ∞), 0 only
 * when P = Q. Over about ten bins, under .1 is commonly read as no drift and above .25 as a large one; two samples of n
 * and m rows of one distribution give (B − 1)(1/n + 1/m) on average.
 *
 * @param p probabilities, shape (bins), summing to 1
 * @param q probabilities, shape (bins), summing to 1
 * @throws SHAPE when p and q have different numbers of bins, or none
 * @throws OUT_OF_RANGE when a probability is negative or NaN, a sum is not 1 within 1e-4, or the smoothing is negative
 */
export function populationStabilityIndex(p: Vector, q: Vector, options: KullbackLeiblerOptions = {}): number {
  return kullbackLeibler(p, q, options) + kullbackLeibler(q, p, options)
}
