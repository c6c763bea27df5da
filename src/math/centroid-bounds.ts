import { halfSquaredNorms, innerProducts, type Points } from './nearest-centroids.ts'

/** Drifts are sums of squares of their own, exact to far less than this share. */
const DRIFT_MARGIN = 1 + 1e-9

/**
 * The nearest centroid of every point while the centroids move, as `nearestCentroids` finds it to the last bit, without
 * most of the distances.
 *
 *   d(x, c) − d(c, c′) ≤ d(x, c′) ≤ d(x, c) + d(c, c′)                          after Elkan (2003), Lemma 1
 *
 * A centroid is passed over only where the bounds put it farther than the present one by more than rounding can hide.
 */
export class CentroidBounds {
  /** Index of each point's centroid, −1 before the first call; shape (rows). */
  readonly assigned: Int32Array
  private readonly points: Points
  private readonly k: number
  private readonly squaredNorms: Float64Array
  /** More than a computed squared distance is ever off by. */
  private readonly slack: number
  /** No more than the distance to each centroid, shape (rows, k). */
  private readonly lower: Float64Array
  /** No less than the distance to the present centroid, shape (rows). */
  private readonly upper: Float64Array
  private readonly chosen: Int32Array
  private readonly products: Float64Array
  private halfNorms: Float64Array = new Float64Array(0)
  private centroids?: Points

  constructor(points: Points, k: number) {
    this.points = points
    this.k = k
    this.assigned = new Int32Array(points.rows).fill(-1)
    this.squaredNorms = halfSquaredNorms(points).map(half => 2 * half)
    const largest = this.squaredNorms.reduce((most, norm) => Math.max(most, norm), 0)
    this.slack = 16 * (points.dimensions + 4) * Number.EPSILON * largest
    this.lower = new Float64Array(points.rows * k)
    this.upper = new Float64Array(points.rows)
    this.chosen = new Int32Array(k)
    this.products = new Float64Array(k)
  }

  /**
   * Assigns every point to its nearest centroid, ties to the lower index.
   *
   * @param centroids shape (k, dimensions)
   * @returns whether any point moved
   */
  reassign(centroids: Points): boolean {
    const drifts = this.centroids && driftsOf(this.centroids, centroids)
    this.centroids = centroids
    this.halfNorms = halfSquaredNorms(centroids)
    let hasMoved = false
    for (let row = 0; row < this.points.rows; row++) {
      const before = this.assigned[row]
      const nearest = drifts ? this.nearestAfter(row, drifts) : this.nearestOf(row, this.chooseAll(), 0)
      if (nearest === before) continue
      this.assigned[row] = nearest
      hasMoved = true
    }
    return hasMoved
  }

  private chooseAll(): number {
    for (let c = 0; c < this.k; c++) this.chosen[c] = c
    return this.k
  }

  private nearestAfter(row: number, drifts: Float64Array): number {
    const own = this.assigned[row]
    const first = row * this.k
    for (let c = 0; c < this.k; c++) this.lower[first + c] -= drifts[c]
    this.upper[row] += drifts[own]
    if (this.chooseDoubtful(row, own) === 0) return own
    this.chosen[0] = own
    this.score(row, 1)
    this.upper[row] = Math.sqrt(this.squaredDistance(row, own) + this.slack)
    return this.nearestOf(row, this.chooseDoubtful(row, own), own)
  }

  /** Chooses the centroids that the bounds leave in doubt, and gives their number. */
  private chooseDoubtful(row: number, own: number): number {
    const { k, lower, chosen } = this
    const least = this.upper[row] ** 2 + 4 * this.slack
    let count = 0
    for (let c = 0; c < k; c++) {
      const bound = lower[row * k + c]
      const isFarther = bound > 0 && bound * bound > least
      if (!isFarther && c !== own) chosen[count++] = c
    }
    return count
  }

  /** The nearest of the chosen centroids and `best`, whose score is known where it is not among them. */
  private nearestOf(row: number, count: number, best: number): number {
    const { chosen, products, halfNorms, lower, k } = this
    this.score(row, count)
    let nearest = best
    for (let i = 0; i < count; i++) {
      const c = chosen[i]
      lower[row * k + c] = Math.sqrt(Math.max(0, this.squaredDistance(row, c) - this.slack))
      const gain = products[c] - halfNorms[c] - (products[nearest] - halfNorms[nearest])
      if (gain > 0 || (gain === 0 && c < nearest)) nearest = c
    }
    if (nearest !== this.assigned[row]) this.upper[row] = Math.sqrt(this.squaredDistance(row, nearest) + this.slack)
    return nearest
  }

  private score(row: number, count: number): void {
    const { centroids, chosen, products } = this
    innerProducts(this.points, row, { centroids: centroids!, chosen, count, products })
  }

  private squaredDistance(row: number, c: number): number {
    return Math.max(0, this.squaredNorms[row] - 2 * (this.products[c] - this.halfNorms[c]))
  }
}

/** How far each centroid moved, rounded up, shape (k). */
function driftsOf(before: Points, after: Points): Float64Array {
  const { dimensions: d } = before
  const drifts = new Float64Array(before.rows)
  for (let c = 0; c < before.rows; c++) {
    for (let i = c * d; i < c * d + d; i++) drifts[c] += (after.values[i] - before.values[i]) ** 2
    drifts[c] = Math.sqrt(drifts[c]) * DRIFT_MARGIN
  }
  return drifts
}
