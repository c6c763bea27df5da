import { seededRandom } from '../common/random.ts'
import { type MatrixEngine, plainEngine } from './matrix-engine.ts'
import { orthonormalise } from './orthonormalise.ts'
import { addRows, timesVector } from './row-products.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

export interface Eigenpairs {
  /** In falling order, shape (count). */
  readonly values: Float64Array
  /** One unit vector a row, shape (count, size), row-major. */
  readonly vectors: Float64Array
}

const SINGLE_EPSILON = 2 ** -24

/** Below this size, decomposing the whole matrix costs less than iterating. */
const SMALL = 160

/** Blocks of one Krylov space: powers of the matrix on the start. */
const BLOCKS = 6

/** Restarts after which the whole decomposition is the cheaper way. */
const MOST_RESTARTS = 20

/** Largest ‖Av − λv‖ of a pair, as a share of the first eigenvalue; or so many roundings of the engine, if that is more. */
const RESIDUAL = 1e-11
const ROUNDINGS = 2

/**
 * The largest eigenvalues of a symmetric positive semidefinite matrix, and their eigenvectors.
 *
 * Block Lanczos with restarts (Golub and Underwood 1977): Rayleigh–Ritz in the space of a block of vectors and its images
 * under the first powers of the matrix, made orthonormal in full, then again from the best of what was found. The first
 * block is fixed and holds eight vectors more than are wanted, or a few more than that. Where it does not converge, or
 * the matrix is small, the whole decomposition. An eigenvector is off by some 10⁻¹¹·λ₁, or twice the engine's rounding
 * if that is more, over the gap to the next eigenvalue; within equal eigenvalues it is any basis.
 *
 * @param matrix shape (size, size), row-major; not changed
 * @param count 1…size
 * @param engine multiplies the matrix with blocks of vectors; double precision in TypeScript when left out
 */
export async function leadingEigenpairs(
  matrix: Float64Array,
  size: number,
  { count, engine = plainEngine }: { readonly count: number; readonly engine?: MatrixEngine },
): Promise<Eigenpairs> {
  // Products take four vectors at a time.
  const width = 4 * Math.ceil((count + 8) / 4)
  const iterated =
    size > SMALL && 2 * BLOCKS * width < size
      ? await iterate(productOf(matrix, size, engine), size, { count, width, epsilon: engine.epsilon })
      : undefined
  return iterated ?? wholly(matrix, size, count)
}

/** The matrix times each row: shapes (rows, size) both. */
type Product = (rows: Float64Array) => Float64Array | Promise<Float64Array>

/** An engine's arguments are single precision: one that calculates in double would lose its digits there. */
function productOf(matrix: Float64Array, size: number, engine: MatrixEngine): Product {
  if (engine.epsilon < SINGLE_EPSILON) return rows => timesRows(matrix, rows, size)
  const right = { rows: size, columns: size, values: Float32Array.from(matrix) }
  return rows => {
    const left = { rows: rows.length / size, columns: size, values: Float32Array.from(rows) }
    return engine.matmulTransposed(left, right)
  }
}

interface Iteration {
  readonly count: number
  /** Vectors of a block. */
  readonly width: number
  /** Relative rounding of the products. */
  readonly epsilon: number
}

function wholly(matrix: Float64Array, size: number, count: number): Eigenpairs {
  const { values, rotated } = symmetricEigen(matrix, size)
  return { values: values.slice(0, count), vectors: rotated.slice(0, count * size) }
}

async function iterate(
  product: Product,
  size: number,
  { count, width, epsilon }: Iteration,
): Promise<Eigenpairs | undefined> {
  const random = seededRandom(1)
  const residual = Math.max(RESIDUAL, ROUNDINGS * epsilon)
  let start: Float64Array = Float64Array.from({ length: width * size }, () => random() - 0.5)
  for (let restart = 0; restart < MOST_RESTARTS; restart++) {
    const space = await krylovSpace(product, start, size)
    const { values, rotated } = symmetricEigen(rayleighQuotient(space, size), BLOCKS * width)
    const best = rotated.subarray(0, count * BLOCKS * width)
    const found = { values: values.slice(0, count), vectors: combineRows(best, space.basis, size) }
    const image = combineRows(best, space.image, size)
    if (largestResidual({ ...found, image }, size) <= residual * values[0]) return found
    start = combineRows(rotated.subarray(0, width * BLOCKS * width), space.basis, size)
  }
  return undefined
}

interface KrylovSpace {
  /** Orthonormal rows, or zeros where the space is exhausted; shape (BLOCKS·width, size). */
  readonly basis: Float64Array
  /** The matrix times each of them. */
  readonly image: Float64Array
}

async function krylovSpace(product: Product, start: Float64Array, size: number): Promise<KrylovSpace> {
  const block = start.length
  const basis = new Float64Array(BLOCKS * block)
  const image = new Float64Array(BLOCKS * block)
  let next = start
  for (let at = 0; at < basis.length; at += block) {
    basis.set(next, at)
    orthonormalise(basis.subarray(0, at + block), size, at / size)
    next = await product(basis.subarray(at, at + block))
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
    const column = timesVector(rows, matrix.subarray(h * size, (h + 1) * size))
    for (let i = 0; i < count; i++) product[i * height + h] = column[i]
  }
  return product
}

/** Basis · imageᵀ, which is symmetric: its lower triangle, and zeros above it; shape (rows, rows). */
function rayleighQuotient({ basis, image }: KrylovSpace, size: number): Float64Array {
  const rows = basis.length / size
  const product = new Float64Array(rows * rows)
  for (let i = 0; i < rows; i++) {
    const before = image.subarray(0, (i + 1) * size)
    product.set(timesVector(before, basis.subarray(i * size, (i + 1) * size)), i * rows)
  }
  return product
}

/** weights · rows, shape (rows of the weights, size). */
function combineRows(weights: Float64Array, rows: Float64Array, size: number): Float64Array {
  const width = rows.length / size
  const product = new Float64Array((weights.length / width) * size)
  for (let from = 0, to = 0; to < product.length; from += width, to += size) {
    addRows(product.subarray(to, to + size), weights.subarray(from, from + width), rows)
  }
  return product
}

/** The largest ‖Av − λv‖ of the pairs. */
function largestResidual(
  { values, vectors, image }: Eigenpairs & { readonly image: Float64Array },
  size: number,
): number {
  return values.reduce((largest, value, i) => {
    let squares = 0
    for (let at = i * size; at < (i + 1) * size; at++) squares += (image[at] - value * vectors[at]) ** 2
    return Math.max(largest, Math.sqrt(squares))
  }, 0)
}
