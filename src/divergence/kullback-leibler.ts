import { ModelHubError } from '../common/modelhub-error.ts'
import { portableLog } from '../math/log.ts'
import { requireHistograms, type Vector } from './histogram.ts'

/** One row in ten thousand: what an empty bin is taken to hold. */
export const DEFAULT_SMOOTHING = 1e-4

export interface KullbackLeiblerOptions {
  /** ε, added to every bin of both before they are normalised again; 1e-4 by default, 0 for none. */
  readonly smoothing?: number
}

/**
 * Kullback–Leibler divergence of the target from the source, in nats.
 *
 *   KL(P̃ ‖ Q̃) = Σ_b p̃_b ln(p̃_b / q̃_b),   p̃ = (p + ε) / Σ (p + ε), q̃ likewise      Kullback and Leibler (1951)
 *
 * P is the target and Q the source, so that what costs is the target's mass where the source has none. Not symmetric;
 * in [0, ∞), and at most ln((1 + ε B) / ε) with smoothing. Without it, ∞ where p > 0 = q.
 *
 * @param p the target's probabilities, shape (bins), summing to 1
 * @param q the source's probabilities, shape (bins), summing to 1
 * @throws SHAPE when p and q have different numbers of bins, or none
 * @throws OUT_OF_RANGE when a probability is negative or NaN, a sum is not 1 within 1e-4, or the smoothing is negative
 */
export function kullbackLeibler(p: Vector, q: Vector, options: KullbackLeiblerOptions = {}): number {
  const smoothing = options.smoothing ?? DEFAULT_SMOOTHING
  requireHistograms(p, q)
  if (!(smoothing >= 0 && smoothing < Infinity)) {
    throw new ModelHubError('OUT_OF_RANGE', `smoothing: expected a finite number >= 0, got ${smoothing}`)
  }
  const target = smoothed(p, smoothing)
  const source = smoothed(q, smoothing)
  let sum = 0
  for (let b = 0; b < target.length; b++) {
    if (target[b] > 0) sum += target[b] * portableLog(target[b] / source[b])
  }
  return Math.max(0, sum)
}

function smoothed(p: Vector, smoothing: number): Float64Array {
  const raised = Float64Array.from(p, value => value + smoothing)
  const total = raised.reduce((sum, value) => sum + value, 0)
  return raised.map(value => value / total)
}
