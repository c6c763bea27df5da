import { requireNonNegative, requireSameShape, type Vector } from './histogram.ts'

/**
 * Probability Jaccard similarity of two distributions over the same elements, exact.
 *
 *   J_P(x, y) = Σ_{i: x_i, y_i > 0}  1 / Σ_j max(x_j / x_i, y_j / y_i)        Moulton and Jiang (2018), Definition 1
 *
 * Symmetric, in [0, 1], 1 only when x and y are proportional: the sizes of the samples do not matter, unlike in
 * `jaccard`. It is the collision probability of P-MinHash and ProbMinHash. 0 when nothing is shared, and for two zero
 * vectors.
 *
 * With the elements sorted by x_j / y_j the inner sum is a tail of x over x_i and a head of y over y_i: O(n log n).
 *
 * @param x weight of each element, shape (elements); shares or counts
 * @param y weight of each element, shape (elements), in the same order of elements
 * @throws SHAPE when x and y have different numbers of elements, or none
 * @throws OUT_OF_RANGE when a weight is negative or NaN
 */
export function probabilityJaccard(x: Vector, y: Vector): number {
  requireSameShape(x, y, 'y')
  requireNonNegative(x, 'x')
  requireNonNegative(y, 'y')
  const order = elementsByRatio(x, y)
  const tailOfX = new Float64Array(order.length + 1)
  for (let k = order.length - 1; k >= 0; k--) tailOfX[k] = tailOfX[k + 1] + x[order[k]]
  let [headOfY, similarity] = [0, 0]
  for (let k = 0; k < order.length; k++) {
    const i = order[k]
    if (x[i] > 0 && y[i] > 0) similarity += 1 / (tailOfX[k] / x[i] + headOfY / y[i])
    headOfY += y[i]
  }
  return Math.min(1, similarity)
}

/** The elements that either side has, by x/y ascending. At equal ratios x_j/x_i = y_j/y_i, so their order is free. */
function elementsByRatio(x: Vector, y: Vector): number[] {
  const order: number[] = []
  const ratios = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) {
    if (x[i] > 0 || y[i] > 0) order.push(i)
    ratios[i] = x[i] / y[i]
  }
  return order.sort((i, j) => (ratios[i] < ratios[j] ? -1 : ratios[i] > ratios[j] ? 1 : i - j))
}
