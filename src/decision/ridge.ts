import { ModelHubError } from '../common/modelhub-error.ts'
import { choleskyFactor, solveLower, solveLowerTransposed } from '../math/cholesky.ts'

/** Sums that ridge regression needs; those of several groups of rows add up. */
export interface RidgeSums {
  readonly width: number
  /** Σ w·x·xᵀ, lower triangle, shape (width, width). */
  readonly products: Float64Array
  /** Σ w·x·y, shape (width). */
  readonly right: Float64Array
}

/** @param rows each of shape (width) @param values shape (rows) @param weight of every row */
export function ridgeSums(rows: readonly Float64Array[], values: ArrayLike<number>, weight: number): RidgeSums {
  const width = rows[0]?.length ?? 0
  const sums: RidgeSums = { width, products: new Float64Array(width * width), right: new Float64Array(width) }
  rows.forEach((row, r) => {
    for (let i = 0; i < width; i++) {
      const part = weight * row[i]
      sums.right[i] += part * values[r]
      for (let j = 0; j <= i; j++) sums.products[i * width + j] += part * row[j]
    }
  })
  return sums
}

/**
 * Ridge regression without an intercept (Hoerl and Kennard 1970):
 *
 *   b = (Σ w·x·xᵀ + λ·I)⁻¹ Σ w·x·y
 *
 * @param groups sums of each group of rows, at least one, all of one width
 * @param penalty λ > 0
 * @returns shape (width)
 * @throws OUT_OF_RANGE unless the penalty is above 0
 */
export function ridge(groups: readonly RidgeSums[], penalty: number): Float64Array {
  if (!(penalty > 0)) throw new ModelHubError('OUT_OF_RANGE', `penalty: expected a number above 0, got ${penalty}`)
  const { width } = groups[0]
  const matrix = new Float64Array(width * width)
  const solution = new Float64Array(width)
  for (const { products, right } of groups) {
    for (let i = 0; i < matrix.length; i++) matrix[i] += products[i]
    for (let i = 0; i < width; i++) solution[i] += right[i]
  }
  for (let i = 0; i < width; i++) matrix[i * width + i] += penalty
  choleskyFactor(matrix, width)
  solveLower(matrix, width, solution)
  solveLowerTransposed(matrix, width, solution)
  return solution
}
