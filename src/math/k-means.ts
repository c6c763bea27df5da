import type { Random } from '../common/random.ts'

/** Points of a Euclidean space, row-major: shape (rows, dimensions). */
export interface Points {
  readonly rows: number
  readonly dimensions: number
  readonly values: Float64Array
}

const MAX_ITERATIONS = 25
/** Descents from different seeds; the tightest one is kept. */
const STARTS = 8

/**
 * Centroids of k clusters.
 *
 * Lloyd's algorithm (1982) from k-means++ seeds (Arthur and Vassilvitskii 2007); the tightest of 8 descents of at most 25
 * iterations. Sums run in row
 * order with + − × ÷ only, so the same points and the same random numbers give the same bits on every platform.
 *
 * @param points shape (rows, dimensions), rows at least 1
 * @param k number of clusters wanted; fewer come back when there are fewer distinct points
 * @returns centroids, shape (at most k, dimensions)
 */
export function kMeans(points: Points, k: number, random: Random): Points {
  const runs = Array.from({ length: STARTS }, () => lloyd(points, seedCentroids(points, k, random)))
  return runs.reduce((best, run) => (run.inertia < best.inertia ? run : best)).centroids
}

/** One descent: centroids, and the sum of squared distances to them. */
function lloyd(points: Points, seeds: Points): { centroids: Points; inertia: number } {
  let centroids = seeds
  const assigned = new Int32Array(points.rows).fill(-1)
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (!reassign(points, centroids, assigned)) break
    centroids = meansOf(points, centroids, assigned)
  }
  return { centroids, inertia: inertiaOf(points, centroids, assigned) }
}

function inertiaOf({ rows, dimensions: d, values }: Points, centroids: Points, assigned: Int32Array): number {
  let inertia = 0
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < d; i++) inertia += (values[row * d + i] - centroids.values[assigned[row] * d + i]) ** 2
  }
  return inertia
}

/** Index of the centroid nearest to each point, ties to the lower index: shape (rows), written into `nearest`. */
export function nearestCentroids(points: Points, centroids: Points, nearest: Int32Array): void {
  const { dimensions: d } = points
  const halfNorms = halfSquaredNorms(centroids)
  const scores = new Float64Array(centroids.rows)
  for (let row = 0; row < points.rows; row++) {
    scoreCentroids(points.values.subarray(row * d, row * d + d), centroids, scores)
    let best = 0
    for (let c = 1; c < centroids.rows; c++) {
      if (scores[c] - halfNorms[c] > scores[best] - halfNorms[best]) best = c
    }
    nearest[row] = best
  }
}

/** Inner products of one point with every centroid, four centroids at a time. */
function scoreCentroids(point: Float64Array, { rows, dimensions: d, values }: Points, scores: Float64Array): void {
  let c = 0
  for (; c + 4 <= rows; c += 4) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0]
    const o = c * d
    for (let i = 0; i < d; i++) {
      const x = point[i]
      s0 += x * values[o + i]
      s1 += x * values[o + d + i]
      s2 += x * values[o + 2 * d + i]
      s3 += x * values[o + 3 * d + i]
    }
    scores[c] = s0
    scores[c + 1] = s1
    scores[c + 2] = s2
    scores[c + 3] = s3
  }
  for (; c < rows; c++) {
    let s = 0
    for (let i = 0; i < d; i++) s += point[i] * values[c * d + i]
    scores[c] = s
  }
}

function halfSquaredNorms({ rows, dimensions, values }: Points): Float64Array {
  const norms = new Float64Array(rows)
  for (let c = 0; c < rows; c++) {
    for (let i = 0; i < dimensions; i++) norms[c] += 0.5 * values[c * dimensions + i] ** 2
  }
  return norms
}

function reassign(points: Points, centroids: Points, assigned: Int32Array): boolean {
  const before = assigned.slice()
  nearestCentroids(points, centroids, assigned)
  return before.some((cluster, row) => cluster !== assigned[row])
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

function seedCentroids(points: Points, k: number, random: Random): Points {
  const { rows, dimensions: d, values } = points
  const chosen = [Math.floor(random() * rows)]
  const distances = new Float64Array(rows).fill(Infinity)
  while (chosen.length < k) {
    let total = 0
    const last = chosen[chosen.length - 1] * d
    for (let row = 0; row < rows; row++) {
      let distance = 0
      for (let i = 0; i < d; i++) distance += (values[row * d + i] - values[last + i]) ** 2
      distances[row] = Math.min(distances[row], distance)
      total += distances[row]
    }
    if (!(total > 0)) break
    chosen.push(drawByWeight(distances, random() * total))
  }
  const seeds = new Float64Array(chosen.length * d)
  chosen.forEach((row, c) => seeds.set(values.subarray(row * d, row * d + d), c * d))
  return { rows: chosen.length, dimensions: d, values: seeds }
}

function drawByWeight(weights: Float64Array, target: number): number {
  let sum = 0
  let last = 0
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] === 0) continue
    sum += weights[row]
    last = row
    if (sum > target) return row
  }
  return last
}
