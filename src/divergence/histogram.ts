import { ModelHubError } from '../common/modelhub-error.ts'

/** Numbers of shape (n): a Float64Array, a Float32Array or a plain array. */
export type Vector = ArrayLike<number>

/** What a sum of probabilities may be off by: histograms are kept as 32-bit floats. */
const SUM_TOLERANCE = 1e-4

/** Throws SHAPE when the second vector has not the length of the first, or both are empty. */
export function requireSameShape(first: Vector, second: Vector, name: string): void {
  if (second.length !== first.length) {
    throw new ModelHubError('SHAPE', `${name}: expected shape (${first.length}), got (${second.length})`)
  }
  if (second.length === 0) throw new ModelHubError('SHAPE', `${name}: expected at least one value, got shape (0)`)
}

/**
 * Throws unless p and q are histograms over the same bins.
 *
 * @throws SHAPE when the numbers of bins differ or are 0
 * @throws OUT_OF_RANGE when a probability is negative or NaN, or a sum is not 1 within 1e-4
 */
export function requireHistograms(p: Vector, q: Vector): void {
  requireSameShape(p, q, 'q')
  requireHistogram(p, 'p')
  requireHistogram(q, 'q')
}

function requireHistogram(p: Vector, name: string): void {
  requireNonNegative(p, name)
  let sum = 0
  for (let b = 0; b < p.length; b++) sum += p[b]
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
    throw new ModelHubError('OUT_OF_RANGE', `${name}: expected probabilities summing to 1, got a sum of ${sum}`)
  }
}

/** Throws OUT_OF_RANGE when a value is negative, NaN or infinite. */
export function requireNonNegative(values: Vector, name: string): void {
  for (let b = 0; b < values.length; b++) {
    if (!(values[b] >= 0 && values[b] < Infinity)) {
      throw new ModelHubError('OUT_OF_RANGE', `${name}[${b}]: expected a finite number >= 0, got ${values[b]}`)
    }
  }
}
