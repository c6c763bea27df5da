import { seededRandom } from '../common/random.ts'
import { dot, orthonormalise } from './orthonormalise.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

export interface Eigenpairs {
  /** In falling order, shape (count). */
  readonly values: Float64Array
  /** One unit vector a row, shape (count, size), row-major. */
  readonly vectors: Float64Array
}

/** Below this size, decomposing the whole matrix costs less than iterating. */
const SMALL = 160

/** Iterations after which the whole decomposition is the cheaper way. */
const MOST_ITERATIONS = 120

/** Largest ‖Av − λv‖ of a pair, as a share of the first eigenvalue. */
const RESIDUAL = 1e-11

/**
 * The largest eigenvalues of a symmetric positive semidefinite matrix, and their eigenvectors.
 *
 * Subspace iteration with Rayleigh–Ritz (Golub and Van Loan 2013, §8.2.4) from a fixed start, with as many spare vectors
 * as wanted ones and eight more; where it does not converge, or the matrix is small, the whole decomposition. An
 * eigenvector is off by some 10⁻¹¹·λ₁ over the gap to the next eigenvalue; within equal eigenvalues it is any basis.
 *
 * @param matrix shape (size, size), row-major; not changed
 * @param count 1…size
 */
export function leadingEigenpairs(matrix: Float64Array, size: number, count: number): Eigenpairs {
  const width = 2 * count + 8
  return (size > SMALL && 3 * width < size && iterate(matrix, size, { count, width })) || wholly(matrix, size, count)
}

function wholly(matrix: Float64Array, size: number, count: number): Eigenpairs {
  const { values, rotated } = symmetricEigen(matrix, size)
  return { values: values.slice(0, count), vectors: rotated.slice(0, count * size) }
}

function iterate(
  matrix: Float64Array,
  size: number,
  { count, width }: { readonly count: number; readonly width: number },
): Eigenpairs | undefined {
  const random = seededRandom(1)
  let basis: Float64Array = Float64Array.from({ length: width * size }, () => random() - 0.5)
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    orthonormalise(basis, size)
    const image = timesRows(matrix, basis, size)
    const { values, rotated } = symmetricEigen(timesRows(image, basis, size), width)
    const vectors = combineRows(rotated, basis, size)
    basis = combineRows(rotated, image, size)
    if (converged({ values, vectors, image: basis }, size, count)) {
      return { values: values.slice(0, count), vectors: vectors.slice(0, count * size) }
    }
  }
  return undefined
}

/** Row i of the answer is `matrix` times row i of `rows`: shape (rows, rows of the matrix). */
function timesRows(matrix: Float64Array, rows: Float64Array, size: number): Float64Array {
  const height = matrix.length / size
  const count = rows.length / size
  const product = new Float64Array(count * height)
  for (let h = 0; h < height; h++) {
    const row = matrix.subarray(h * size, (h + 1) * size)
    for (let i = 0; i < count; i++) product[i * height + h] = dot(row, rows.subarray(i * size, (i + 1) * size))
  }
  return product
}

/** weights · rows, shape (width, size). */
function combineRows(weights: Float64Array, rows: Float64Array, size: number): Float64Array {
  const width = rows.length / size
  const product = new Float64Array(rows.length)
  for (let i = 0; i < width; i++) {
    const target = product.subarray(i * size, (i + 1) * size)
    for (let j = 0; j < width; j++) {
      const weight = weights[i * width + j]
      const row = rows.subarray(j * size, (j + 1) * size)
      for (let c = 0; c < size; c++) target[c] += weight * row[c]
    }
  }
  return product
}

function converged(
  { values, vectors, image }: Eigenpairs & { readonly image: Float64Array },
  size: number,
  count: number,
): boolean {
  for (let i = 0; i < count; i++) {
    let squares = 0
    for (let at = i * size; at < (i + 1) * size; at++) squares += (image[at] - values[i] * vectors[at]) ** 2
    if (Math.sqrt(squares) > RESIDUAL * values[0]) return false
  }
  return true
}
