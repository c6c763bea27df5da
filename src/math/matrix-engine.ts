/** A matrix of shape (rows, columns), row-major, in single precision. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array
}

/** What an engine may be given: an answer at once, or later. */
type Soon<T> = T | Promise<T>

/**
 * The two products of large matrices that all scores are built from. Arguments are single precision; the answer comes
 * in double, however precisely the engine calculated it. Callers cut large matrices into blocks of rows and add up in
 * double, so an engine may work in single precision.
 */
export interface MatrixEngine {
  /** Relative rounding of the engine's arithmetic: 2⁻⁵² in double, 2⁻²³ in single precision. */
  readonly epsilon: number
  /** AᵀA, shape (columns, columns). */
  gram(a: Matrix): Soon<Float64Array>
  /** A·Bᵀ, shape (rows of A, rows of B); A and B have equally many columns. */
  matmulTransposed(a: Matrix, b: Matrix): Soon<Float64Array>
}

/** The engine in plain TypeScript, in double precision: about one multiplication a nanosecond, and it runs anywhere. */
export const plainEngine: MatrixEngine = { epsilon: Number.EPSILON, gram, matmulTransposed }

function gram({ rows, columns, values }: Matrix): Float64Array {
  const product = new Float64Array(columns * columns)
  // Four rows at a time, so that the product, which does not fit the cache, is swept a quarter as often.
  const padded = new Float64Array(4 * columns)
  for (let i = 0; i < rows; i += 4) {
    padded.fill(0)
    padded.set(values.subarray(i * columns, Math.min(i + 4, rows) * columns))
    addOuterProducts(product, padded, columns)
  }
  for (let p = 0; p < columns; p++) for (let q = 0; q < p; q++) product[p * columns + q] = product[q * columns + p]
  return product
}

/** Adds the upper triangle of the outer products of four rows. */
function addOuterProducts(product: Float64Array, four: Float64Array, columns: number): void {
  for (let p = 0; p < columns; p++) {
    const a = four[p]
    const b = four[columns + p]
    const c = four[2 * columns + p]
    const d = four[3 * columns + p]
    if (a === 0 && b === 0 && c === 0 && d === 0) continue
    const row = p * columns
    for (let q = p; q < columns; q++) {
      product[row + q] += a * four[q] + b * four[columns + q] + c * four[2 * columns + q] + d * four[3 * columns + q]
    }
  }
}

function matmulTransposed(a: Matrix, b: Matrix): Float64Array {
  const product = new Float64Array(a.rows * b.rows)
  for (let i = 0; i < a.rows; i++) {
    const row = Float64Array.from(a.values.subarray(i * a.columns, (i + 1) * a.columns))
    for (let j = 0; j < b.rows; j++) {
      let sum = 0
      for (let c = 0, at = j * b.columns; c < a.columns; c++, at++) sum += row[c] * b.values[at]
      product[i * b.rows + j] = sum
    }
  }
  return product
}
