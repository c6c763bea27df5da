import type { Vector } from './histogram.ts'

/**
 * Values scaled to [0, 1] by the smallest and largest of them all, whatever feature they belong to.
 *
 *   x' = (x − min) / (max − min)
 *
 * @param values flattened dataset, any shape
 * @returns the same shape; NaN stays NaN and does not count for the range, and equal values all become 0
 */
export function minMaxScale(values: Vector): Float64Array {
  let [least, most] = [Infinity, -Infinity]
  for (let i = 0; i < values.length; i++) {
    if (values[i] < least) least = values[i]
    if (values[i] > most) most = values[i]
  }
  const range = most - least
  return Float64Array.from(values, value => (range > 0 ? (value - least) / range : value - least))
}
