import type { Points } from '../math/embeddings.ts'
import type { LabelledClasses } from './labelled-classes.ts'
import type { Separation } from './separation.ts'

/** Rows compared with all others at once: their coordinates stay in the cache. */
const TILE = 32

/**
 * Mean Euclidean distances: every pair of rows, rows²·dimensions, as no sum over a class gives the mean of roots. Holds
 * the distance sums of 32 rows at a time, never a matrix of all pairs.
 */
export function euclideanSeparation(points: Points, classes: LabelledClasses, b: 'mean' | 'centroid'): Separation {
  const { rows } = points
  const separation = { a: new Float64Array(rows), b: new Float64Array(rows).fill(Infinity) }
  for (let first = 0; first < rows; first += TILE) {
    const last = Math.min(first + TILE, rows)
    const sums = distanceSums(points, classes, [first, last])
    for (let i = first; i < last; i++) {
      const at = (i - first) * classes.count
      const own = classes.of[i]
      if (classes.sizes[own] > 1) separation.a[i] = sums[at + own] / (classes.sizes[own] - 1)
      for (let k = 0; k < classes.count; k++) {
        if (k !== own) separation.b[i] = Math.min(separation.b[i], sums[at + k] / classes.sizes[k])
      }
    }
  }
  return b === 'mean' ? separation : { a: separation.a, b: toCentroids(points, classes) }
}

/** Sums of the distances of rows first…last − 1 to each class: shape (last − first, classes). */
function distanceSums(
  points: Points,
  classes: LabelledClasses,
  [first, last]: readonly [number, number],
): Float64Array {
  const { rows, dimensions, values } = points
  const sums = new Float64Array((last - first) * classes.count)
  for (let j = 0; j < rows; j++) {
    const k = classes.of[j]
    for (let i = first; i < last; i++) {
      let squares = 0
      for (let c = 0, x = i * dimensions, y = j * dimensions; c < dimensions; c++) {
        const difference = values[x++] - values[y++]
        squares += difference * difference
      }
      sums[(i - first) * classes.count + k] += Math.sqrt(squares)
    }
  }
  return sums
}

/** Distance of each row to the nearest centroid of another class, shape (rows). */
function toCentroids({ rows, dimensions, values }: Points, classes: LabelledClasses): Float64Array {
  const centroids = new Float64Array(classes.count * dimensions)
  for (let i = 0; i < rows; i++) {
    const k = classes.of[i]
    for (let c = 0; c < dimensions; c++) centroids[k * dimensions + c] += values[i * dimensions + c] / classes.sizes[k]
  }
  const nearest = new Float64Array(rows).fill(Infinity)
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < classes.count; k++) {
      if (k === classes.of[i]) continue
      let squares = 0
      for (let c = 0; c < dimensions; c++) squares += (values[i * dimensions + c] - centroids[k * dimensions + c]) ** 2
      nearest[i] = Math.min(nearest[i], Math.sqrt(squares))
    }
  }
  return nearest
}
