/** Points of a Euclidean space, row-major: shape (rows, dimensions). */
export interface Points {
  readonly rows: number
  readonly dimensions: number
  readonly values: Float64Array
}

/**
 * Index of the centroid nearest to each point, ties to the lower index: the one of the largest x·c − ½‖c‖².
 *
 * @param nearest shape (rows), written into
 */
export function nearestCentroids(points: Points, centroids: Points, nearest: Int32Array): void {
  const halfNorms = halfSquaredNorms(centroids)
  const all = Int32Array.from({ length: centroids.rows }, (_, c) => c)
  const scores = new Float64Array(centroids.rows)
  for (let row = 0; row < points.rows; row++) {
    innerProducts(points, row, { centroids, chosen: all, count: all.length, products: scores })
    let best = 0
    for (let c = 1; c < centroids.rows; c++) {
      if (scores[c] - halfNorms[c] > scores[best] - halfNorms[best]) best = c
    }
    nearest[row] = best
  }
}

/** Which centroids one point is multiplied with. */
export interface ChosenCentroids {
  readonly centroids: Points
  /** Indices of centroids; those from `count` on are left alone. */
  readonly chosen: Int32Array
  readonly count: number
  /** Shape (centroids), written at the chosen ones. */
  readonly products: Float64Array
}

/** Inner products of one point with the chosen centroids, four at a time; each sum runs in the order of dimensions. */
export function innerProducts(points: Points, row: number, to: ChosenCentroids): void {
  const { centroids, chosen, count, products } = to
  const d = points.dimensions
  const point = points.values.subarray(row * d, row * d + d)
  const { values } = centroids
  for (let i = 0; i < count; i += 4) {
    const [c0, c1, c2, c3] = [
      chosen[i],
      chosen[nth(i + 1, count)],
      chosen[nth(i + 2, count)],
      chosen[nth(i + 3, count)],
    ]
    const [o0, o1, o2, o3] = [c0 * d, c1 * d, c2 * d, c3 * d]
    let [s0, s1, s2, s3] = [0, 0, 0, 0]
    for (let k = 0; k < d; k++) {
      const x = point[k]
      s0 += x * values[o0 + k]
      s1 += x * values[o1 + k]
      s2 += x * values[o2 + k]
      s3 += x * values[o3 + k]
    }
    products[c0] = s0
    products[c1] = s1
    products[c2] = s2
    products[c3] = s3
  }
}

/** A place that exists: those past the end stand for the last. */
function nth(i: number, count: number): number {
  return i < count ? i : count - 1
}

/** Half the squared norm of every centroid, shape (centroids). */
export function halfSquaredNorms({ rows, dimensions, values }: Points): Float64Array {
  const norms = new Float64Array(rows)
  for (let c = 0; c < rows; c++) {
    for (let i = 0; i < dimensions; i++) norms[c] += 0.5 * values[c * dimensions + i] ** 2
  }
  return norms
}
