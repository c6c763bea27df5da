import { ModelHubError } from '../common/modelhub-error.ts'

type Numbers = ArrayLike<number>

/**
 * Pearson's correlation of two series, in [−1, 1].
 *
 *   r = Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² Σ (y − ȳ)²)      Pearson (1895)
 *
 * @param x shape (n)
 * @param y shape (n)
 * @returns NaN with fewer than two values, when a series is constant, or when a value is NaN
 * @throws SHAPE when the series differ in length
 */
export function pearson(x: Numbers, y: Numbers): number {
  requireSameLength(x, y)
  const meanX = mean(x)
  const meanY = mean(y)
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - meanX
    const dy = y[i] - meanY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  return withinOne(xy / (Math.sqrt(xx) * Math.sqrt(yy)), isConstant(x) || isConstant(y))
}

/**
 * Kendall's rank correlation τ-b, in [−1, 1]; ties count for neither side.
 *
 *   τ_b = (C − D) / √((C + D + T_x)(C + D + T_y))      Kendall (1945)
 *
 * Compares all pairs: O(n²), meant for rankings of up to some thousands.
 *
 * @param x shape (n)
 * @param y shape (n)
 * @returns NaN with fewer than two values, when a series is constant, or when a value is NaN
 * @throws SHAPE when the series differ in length
 */
export function kendallTau(x: Numbers, y: Numbers): number {
  requireSameLength(x, y)
  return additiveTau(x, y, new Float64Array(x.length).fill(0.5))
}

/**
 * Weighted Kendall's τ, in [−1, 1]: an exchange of two items weighs more the higher they stand.
 *
 *   τ_w = ⟨x, y⟩ / (‖x‖ ‖y‖),  ⟨x, y⟩ = Σ_{i<j} sgn(x_i − x_j) sgn(y_i − y_j) (w_i + w_j),  w = 1/(1 + rank)
 *                                                                                              Vigna (2015), Eq. 3
 *
 * The rank (0 is the largest value) is taken once by x, ties broken by y, once by y, ties broken by x, and the two
 * results are averaged, as scipy.stats.weightedtau does by default. Compares all pairs: O(n²).
 *
 * @param x shape (n), larger is better
 * @param y shape (n), larger is better
 * @returns NaN with fewer than two values, when a series is constant, or when a value is NaN
 * @throws SHAPE when the series differ in length
 */
export function weightedTau(x: Numbers, y: Numbers): number {
  requireSameLength(x, y)
  return (additiveTau(x, y, hyperbolicWeights(x, y)) + additiveTau(x, y, hyperbolicWeights(y, x))) / 2
}

/** ⟨x, y⟩ / (‖x‖ ‖y‖) where an exchange of i and j costs weights[i] + weights[j]. */
function additiveTau(x: Numbers, y: Numbers, weights: Numbers): number {
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const weight = weights[i] + weights[j]
      const signX = Math.sign(x[i] - x[j])
      const signY = Math.sign(y[i] - y[j])
      xx += weight * signX * signX
      yy += weight * signY * signY
      xy += weight * signX * signY
    }
  }
  return withinOne(xy / (Math.sqrt(xx) * Math.sqrt(yy)), false)
}

/** 1/(1 + rank), ranks by `first` from the largest down, ties broken by `second`. */
function hyperbolicWeights(first: Numbers, second: Numbers): Float64Array {
  const order = Array.from({ length: first.length }, (_, i) => i)
  order.sort((i, j) => first[j] - first[i] || second[j] - second[i])
  const weights = new Float64Array(first.length)
  order.forEach((item, rank) => (weights[item] = 1 / (1 + rank)))
  return weights
}

function mean(x: Numbers): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]
  return sum / x.length
}

/** Told by the values: the deviations from a rounded mean need not be 0. */
function isConstant(x: Numbers): boolean {
  for (let i = 1; i < x.length; i++) if (x[i] !== x[0]) return false
  return true
}

function withinOne(correlation: number, undefinedHere: boolean): number {
  return undefinedHere ? NaN : Math.min(1, Math.max(-1, correlation))
}

function requireSameLength(x: Numbers, y: Numbers): void {
  if (x.length !== y.length) {
    throw new ModelHubError('SHAPE', `y: expected shape (${x.length}), got (${y.length})`)
  }
}
