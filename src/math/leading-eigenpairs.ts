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

/** Blocks of one Krylov space: powers of the matrix on the start. */
const BLOCKS = 6

/** Restarts after which the whole decomposition is the cheaper way. */
const MOST_RESTARTS = 20

/** Largest ‖Av − λv‖ of a pair, as a share of the first eigenvalue. */
const RESIDUAL = 1e-11

/**
 * The largest eigenvalues of a symmetric positive semidefinite matrix, and their eigenvectors.
 *
 * Block Lanczos with restarts (Golub and Underwood 1977): Rayleigh–Ritz in the space of a block of vectors and its images
 * under the first powers of the matrix, made orthonormal in full, then again from the best of what was found. The first
 * block is fixed and holds eight vectors more than are wanted. Where it does not converge, or the matrix is small, the
 * whole decomposition. An eigenvector is off by some 10⁻¹¹·λ₁ over the gap to the next eigenvalue; within equal
 * eigenvalues it is any basis.
 *
 * @param matrix shape (size, size), row-major; not changed
 * @param count 1…size
 */
export function leadingEigenpairs(matrix: Float64Array, size: number, count: number): Eigenpairs {
  const width = count + 8
  return (
    (size > SMALL && 2 * BLOCKS * width < size && iterate(matrix, size, { count, width })) ||
    wholly(matrix, size, count)
  )
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
  let start: Float64Array = Float64Array.from({ length: width * size }, () => random() - 0.5)
  for (let restart = 0; restart < MOST_RESTARTS; restart++) {
    const { basis, image } = krylovSpace(matrix, start, size)
    const { values, rotated } = symmetricEigen(timesRows(image, basis, size), BLOCKS * width)
    const best = rotated.subarray(0, width * BLOCKS * width)
    const vectors = combineRows(best, basis, size)
    if (converged({ values, vectors, image: combineRows(best, image, size) }, size, count)) {
      return { values: values.slice(0, count), vectors: vectors.slice(0, count * size) }
    }
    start = vectors
  }
  return undefined
}

interface KrylovSpace {
  /** Orthonormal rows, or zeros where the space is exhausted; shape (BLOCKS·width, size). */
  readonly basis: Float64Array
  /** The matrix times each of them. */
  readonly image: Float64Array
}

function krylovSpace(matrix: Float64Array, start: Float64Array, size: number): KrylovSpace {
  const block = start.length
  const basis = new Float64Array(BLOCKS * block)
  const image = new Float64Array(BLOCKS * block)
  let next = start
  for (let at = 0; at < basis.length; at += block) {
    basis.set(next, at)
    orthonormalise(basis.subarray(0, at + block), size, at / size)
    next = timesRows(matrix, basis.subarray(at, at + block), size)
    image.set(next, at)
  }
  return { basis, image }
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

/** weights · rows, shape (rows of the weights, size). */
function combineRows(weights: Float64Array, rows: Float64Array, size: number): Float64Array {
  const width = rows.length / size
  const count = weights.length / width
  const product = new Float64Array(count * size)
  for (let i = 0; i < count; i++) {
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
