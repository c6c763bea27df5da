import { ModelHubError } from '../common/modelhub-error.ts'
import type { Vector } from './histogram.ts'

/** The 2020 paper's number of bins. */
export const POOLED_BINS = 100

export interface PooledHistogramOptions {
  /** Number of equal-width bins over [0, 1]; 100 by default. */
  readonly bins?: number
}

/**
 * Histogram of a flattened dataset in the pooled space: all features' values together, in equal-width bins.
 *
 *   p_k = |{x: e_k ≤ x < e_{k+1}}| / n,   e_k = k / B, the last bin closed        Zhou et al. (2020), §3.3
 *
 * @param values min–max-scaled values in [0, 1], any order; NaN (missing) is not counted
 * @returns probabilities, shape (bins), summing to 1; all 0 when there is no value
 * @throws OUT_OF_RANGE when a value lies outside [0, 1], or bins is no integer ≥ 1
 */
export function pooledHistogram(values: Vector, options: PooledHistogramOptions = {}): Float64Array {
  const bins = options.bins ?? POOLED_BINS
  if (!Number.isInteger(bins) || bins < 1) {
    throw new ModelHubError('OUT_OF_RANGE', `bins: expected an integer >= 1, got ${bins}`)
  }
  const counts = new Float64Array(bins)
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (Number.isNaN(value)) continue
    if (!(value >= 0 && value <= 1)) {
      throw new ModelHubError('OUT_OF_RANGE', `values[${i}]: expected a number in [0, 1], got ${value}`)
    }
    counts[binOf(value, bins)]++
    total++
  }
  return total === 0 ? counts : counts.map(count => count / total)
}

/** Value times bins may round across an edge; the edges themselves, as `numpy.histogram` computes them, decide. */
function binOf(value: number, bins: number): number {
  const width = 1 / bins
  const bin = Math.min(Math.floor(value * bins), bins - 1)
  if (value < bin * width) return bin - 1
  return bin < bins - 1 && value >= (bin + 1) * width ? bin + 1 : bin
}
