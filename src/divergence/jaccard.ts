import { requireNonNegative, requireSameShape, type Vector } from './histogram.ts'

/**
 * Jaccard similarity of two multisets, exact, by their raw counts.
 *
 *   J(A, B) = Σ_i min(a_i, b_i) / Σ_i max(a_i, b_i)        Zhou et al. (2020), §3.4; Jaccard (1901) for sets
 *
 * Symmetric, in [0, 1]. Shrinks when the sizes differ, as |A| / |B| does for A a scaled-down B. Two empty multisets
 * have 0: features without values must not count as equivalent.
 *
 * @param a count (or weight) of each element, shape (elements)
 * @param b count (or weight) of each element, shape (elements), in the same order of elements
 * @throws SHAPE when a and b have different numbers of elements, or none
 * @throws OUT_OF_RANGE when a count is negative or NaN
 */
export function jaccard(a: Vector, b: Vector): number {
  requireSameShape(a, b, 'b')
  requireNonNegative(a, 'a')
  requireNonNegative(b, 'b')
  let [shared, joined] = [0, 0]
  for (let i = 0; i < a.length; i++) {
    shared += Math.min(a[i], b[i])
    joined += Math.max(a[i], b[i])
  }
  return joined === 0 ? 0 : shared / joined
}
