import { seededRandom } from '../common/random.ts'
import { type MatrixEngine, plainEngine } from './matrix-engine.ts'
import { dot, orthonormalise } from './orthonormalise.ts'
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
    const { basis, image } = await krylovSpace(product, start, size)
    const { values, rotated } = symmetricEigen(timesRows(image, basis, size), BLOCKS * width)
    const best = rotated.subarray(0, width * BLOCKS * width)
    const vectors = combineRows(best, basis, size)
    const found = { values: values.slice(0, count), vectors: vectors.subarray(0, count * size) }
    if (largestResidual({ ...found, image: combineRows(best, image, size) }, size) <= residual * values[0]) return found
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

/**
 * Row i of the answer is `matrix` times row i of `rows`: shape (rows, rows of the matrix). Four rows at a time, so that a
 * number of the matrix is fetched a quarter as often, and no addition waits for the one before.
 */
function timesRows(matrix: Float64Array, rows: Float64Array, size: number): Float64Array {
  const height = matrix.length / size
  const count = rows.length / size
  const product = new Float64Array(count * height)
  for (let h = 0; h < height; h++) {
    const row = matrix.subarray(h * size, (h + 1) * size)
    let i = 0
    for (; i + 4 <= count; i += 4) {
      let [a, b, c, d] = [0, 0, 0, 0]
      for (let at = 0, p = i * size, q = p + size, r = q + size, s = r + size; at < size; at++) {
        const entry = row[at]
        a += entry * rows[p++]
        b += entry * rows[q++]
        c += entry * rows[r++]
        d += entry * rows[s++]
      }
      product[i * height + h] = a
      product[(i + 1) * height + h] = b
      product[(i + 2) * height + h] = c
      product[(i + 3) * height + h] = d
    }
    for (; i < count; i++) product[i * height + h] = dot(row, rows.subarray(i * size, (i + 1) * size))
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
