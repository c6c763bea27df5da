import { requireHistograms, type Vector } from './histogram.ts'

/**
 * Bhattacharyya coefficient of two histograms: their overlap.
 *
 *   BC(P, Q) = Σ_b √(p_b q_b)        Bhattacharyya (1943)
 *
 * Symmetric, in [0, 1]: 1 only when P = Q, 0 when no bin holds both.
 *
 * @param p probabilities, shape (bins), summing to 1
 * @param q probabilities, shape (bins), summing to 1
 * @throws SHAPE when p and q have different numbers of bins, or none
 * @throws OUT_OF_RANGE when a probability is negative or NaN, or a sum is not 1 within 1e-4
 */
export function bhattacharyya(p: Vector, q: Vector): number {
  requireHistograms(p, q)
  let sum = 0
  for (let b = 0; b < p.length; b++) sum += Math.sqrt(p[b] * q[b])
  return Math.min(1, sum)
}
