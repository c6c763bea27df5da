import { portableLog } from '../math/log.ts'
import { requireHistograms, type Vector } from './histogram.ts'

/**
 * Jensen–Shannon divergence of two histograms, in nats.
 *
 *   JSD(P, Q) = ½ KL(P ‖ M) + ½ KL(Q ‖ M),   M = ½ (P + Q)        Lin (1991); Zhou et al. (2020), Eq. 2.1
 *
 * Symmetric, in [0, ln 2], and 0 only when P = Q; never infinite, since M is 0 only where both are.
 *
 * @param p probabilities, shape (bins), summing to 1
 * @param q probabilities, shape (bins), summing to 1
 * @throws SHAPE when p and q have different numbers of bins, or none
 * @throws OUT_OF_RANGE when a probability is negative or NaN, or a sum is not 1 within 1e-4
 */
export function jensenShannon(p: Vector, q: Vector): number {
  requireHistograms(p, q)
  let sum = 0
  for (let b = 0; b < p.length; b++) sum += halfRelativeEntropy(p[b], q[b]) + halfRelativeEntropy(q[b], p[b])
  return Math.min(Math.LN2, Math.max(0, sum))
}

/** ½ p ln(p / m) of one bin, m = ½ (p + q); not halved, since the half of the smallest double is 0. */
function halfRelativeEntropy(p: number, q: number): number {
  return p === 0 ? 0 : 0.5 * p * portableLog((2 * p) / (p + q))
}
