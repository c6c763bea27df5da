import { requireSameShape, type Vector } from './histogram.ts'

/**
 * Euclidean distance of two datasets' centres.
 *
 *   L2 = √(Σ_f (μ_f − ν_f)²)        Zhou et al. (2020), §4.2
 *
 * Symmetric, in [0, ∞). The unit is that of the coordinates: give both centres in those of one reference.
 *
 * @param first mean of each shared feature, shape (features)
 * @param second mean of each shared feature, shape (features)
 * @returns NaN when a mean is NaN
 * @throws SHAPE when the centres have different numbers of features, or none
 */
export function l2OfCentres(first: Vector, second: Vector): number {
  requireSameShape(first, second, 'second')
  let sum = 0
  for (let f = 0; f < first.length; f++) sum += (first[f] - second[f]) ** 2
  return Math.sqrt(sum)
}
