import { requireHistograms, type Vector } from './histogram.ts'

/**
 * Squared Hellinger distance of two histograms.
 *
 *   H²(P, Q) = ½ Σ_b (√p_b − √q_b)² = 1 − BC(P, Q)        Hellinger (1909)
 *
 * Symmetric, in [0, 1], and 0 only when P = Q. It bounds the Jensen–Shannon divergence: ln 2 · H² ≤ JS ≤ H², and both
 * constants are sharp. Summed as squares, it is exactly 0 for equal histograms, where 1 − BC would leave rounding.
 *
 * @param p probabilities, shape (bins), summing to 1
 * @param q probabilities, shape (bins), summing to 1
 * @throws SHAPE when p and q have different numbers of bins, or none
 * @throws OUT_OF_RANGE when a probability is negative or NaN, or a sum is not 1 within 1e-4
 */
export function squaredHellinger(p: Vector, q: Vector): number {
  requireHistograms(p, q)
  let sum = 0
  for (let b = 0; b < p.length; b++) sum += (Math.sqrt(p[b]) - Math.sqrt(q[b])) ** 2
  return Math.min(1, 0.5 * sum)
}
