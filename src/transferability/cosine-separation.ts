import type { Points } from '../math/embeddings.ts'
import type { LabelledClasses } from './labelled-classes.ts'
import type { Separation } from './separation.ts'

/**
 * Cosine distances below this are rounding: they count as 0, or coinciding classes would score by their last bits.
 * Sums over 100,000 unit vectors are off by some 10⁻¹⁴.
 */
const ROUNDING = 1e-12

/**
 * Mean cosine distances through the classes' sums of unit vectors S_k, without any pair of rows: the mean distance to
 * class k is 1 − x̂·S_k / n_k, and to one's own class, without oneself, (n_k − 1 − x̂·S_k + x̂·x̂) / (n_k − 1).
 */
export function cosineSeparation(points: Points, classes: LabelledClasses, b: 'mean' | 'centroid'): Separation {
  const { rows, dimensions, values } = points
  const scales = inverseLengths(values, rows, dimensions)
  const sums = classSums(points, classes, scales)
  const targets = b === 'mean' ? meansOf(sums, classes) : unitCentroids(points, classes)
  const separation = { a: new Float64Array(rows), b: new Float64Array(rows) }
  for (let i = 0; i < rows; i++) {
    const own = classes.of[i]
    const n = classes.sizes[own]
    if (n > 1) {
      const toSelf = scales[i] > 0 ? 1 : 0
      const toOthers = scales[i] * alignment(points, i, sums, own) - toSelf
      separation.a[i] = withoutRounding(1 - toOthers / (n - 1))
    }
    let nearest = -Infinity
    for (let k = 0; k < classes.count; k++) {
      if (k !== own) nearest = Math.max(nearest, alignment(points, i, targets, k))
    }
    separation.b[i] = withoutRounding(1 - scales[i] * nearest)
  }
  return separation
}

/** The inner product of row i of the points with row k of the targets. */
function alignment({ values, dimensions }: Points, i: number, targets: Float64Array, k: number): number {
  let sum = 0
  for (let c = 0, x = i * dimensions, y = k * dimensions; c < dimensions; c++) sum += values[x++] * targets[y++]
  return sum
}

function withoutRounding(distance: number): number {
  return distance < ROUNDING ? 0 : distance
}

/** 1 / ‖x‖ of each row, 0 for a zero vector, shape (rows). */
function inverseLengths(values: Points['values'], rows: number, dimensions: number): Float64Array {
  const inverse = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    let squares = 0
    for (let at = i * dimensions; at < (i + 1) * dimensions; at++) squares += values[at] * values[at]
    inverse[i] = squares > 0 ? 1 / Math.sqrt(squares) : 0
  }
  return inverse
}

/** The sum of each class's rows, each times its scale: shape (classes, dimensions). */
function classSums(
  { rows, dimensions, values }: Points,
  classes: LabelledClasses,
  scales?: Float64Array,
): Float64Array {
  const sums = new Float64Array(classes.count * dimensions)
  for (let i = 0, from = 0; i < rows; i++) {
    const to = classes.of[i] * dimensions
    const scale = scales ? scales[i] : 1
    for (let c = 0; c < dimensions; c++) sums[to + c] += scale * values[from++]
  }
  return sums
}

function meansOf(sums: Float64Array, classes: LabelledClasses): Float64Array {
  const dimensions = sums.length / classes.count
  return sums.map((sum, at) => sum / classes.sizes[Math.floor(at / dimensions)])
}

function unitCentroids(points: Points, classes: LabelledClasses): Float64Array {
  const sums = classSums(points, classes)
  const inverse = inverseLengths(sums, classes.count, points.dimensions)
  return sums.map((sum, at) => sum * inverse[Math.floor(at / points.dimensions)])
}
