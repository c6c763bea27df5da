import { ModelHubError } from '../common/modelhub-error.ts'

/**
 * Throws unless a matrix of pairs has a whole number of rows of that many target partitions.
 *
 * @throws OUT_OF_RANGE when there is no target partition
 * @throws SHAPE when the matrix is not (sources × targets)
 */
export function requirePairs(js: Float64Array, targets: number): void {
  if (!Number.isInteger(targets) || targets < 1) {
    throw new ModelHubError('OUT_OF_RANGE', `targets: expected at least 1 target partition, got ${targets}`)
  }
  if (js.length % targets !== 0) {
    throw new ModelHubError('SHAPE', `js: expected shape (sources × ${targets}), got ${js.length} numbers`)
  }
}

/** Throws OUT_OF_RANGE when a threshold is negative or NaN. */
export function requireThreshold(threshold: number): void {
  if (!(threshold >= 0)) {
    throw new ModelHubError('OUT_OF_RANGE', `threshold: expected a number >= 0, got ${threshold}`)
  }
}

/**
 * Divergence of each target partition from the source partition nearest to it.
 *
 * @param js divergences in nats, shape (sources × targets), row-major; a NaN counts as no source partition
 * @returns shape (targets); ln 2 where there is no source partition
 */
export function nearestDivergences(js: Float64Array, targets: number): Float64Array {
  const nearest = new Float64Array(targets).fill(Math.LN2)
  for (let pair = 0; pair < js.length; pair++) {
    const target = pair % targets
    if (js[pair] < nearest[target]) nearest[target] = js[pair]
  }
  return nearest
}

/**
 * The weights divided by their sum.
 *
 * @throws OUT_OF_RANGE when a weight is negative, NaN or infinite, or all are 0
 */
export function normalisedWeights(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!weights.every(weight => weight >= 0) || !(total > 0 && total < Infinity)) {
    const expected = 'finite numbers >= 0, not all 0'
    throw new ModelHubError('OUT_OF_RANGE', `targetWeights: expected ${expected}, got a sum of ${total}`)
  }
  return weights.map(weight => weight / total)
}
