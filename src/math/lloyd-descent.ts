import { CentroidBounds } from './centroid-bounds.ts'
import type { Points } from './nearest-centroids.ts'

const MAX_ITERATIONS = 25

/** Where a descent of k-means ended. */
export interface Descent {
  readonly centroids: Points
  /** Sum of the squared distances of the points to their centroids. */
  readonly inertia: number
}

/**
 * Lloyd's algorithm (1982): points go to their nearest centroid, ties to the lower index, and centroids to the mean of
 * their points, until no point moves, at most 25 times. Distances that Elkan's bounds (2003) make needless are left out,
 * which changes no bit of the result.
 *
 * @param seeds shape (k, dimensions), k at least 1
 */
export function lloydDescent(points: Points, seeds: Points): Descent {
  let centroids = seeds
  const bounds = new CentroidBounds(points, seeds.rows)
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (!bounds.reassign(centroids)) break
    centroids = meansOf(points, centroids, bounds.assigned)
  }
  return { centroids, inertia: inertiaOf(points, centroids, bounds.assigned) }
}

function inertiaOf({ rows, dimensions: d, values }: Points, centroids: Points, assigned: Int32Array): number {
  let inertia = 0
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < d; i++) inertia += (values[row * d + i] - centroids.values[assigned[row] * d + i]) ** 2
  }
  return inertia
}

/** Means of the clusters; an empty cluster keeps its centroid. */
function meansOf({ rows, dimensions: d, values }: Points, old: Points, assigned: Int32Array): Points {
  const sums = new Float64Array(old.rows * d)
  const sizes = new Float64Array(old.rows)
  for (let row = 0; row < rows; row++) {
    const o = assigned[row] * d
    sizes[assigned[row]]++
    for (let i = 0; i < d; i++) sums[o + i] += values[row * d + i]
  }
  for (let i = 0; i < sums.length; i++) {
    const size = sizes[Math.floor(i / d)]
    sums[i] = size > 0 ? sums[i] / size : old.values[i]
  }
  return { rows: old.rows, dimensions: d, values: sums }
}
