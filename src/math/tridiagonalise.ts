/** A symmetric tridiagonal matrix; `offDiagonal[i]` stands between rows i and i + 1, its last entry is 0. */
export interface Tridiagonal {
  readonly diagonal: Float64Array
  readonly offDiagonal: Float64Array
}

/** Entries whose squares are smaller count as zero: their reciprocal would overflow. */
const UNDERFLOW = 1e-290

/**
 * Householder's reduction A = Q·T·Qᵀ of a symmetric matrix to a tridiagonal T (Golub and Van Loan 2013, Algorithm 8.3.1);
 * ⅔·size³ multiplications.
 *
 * @param matrix shape (size, size), row-major; its lower triangle is read and overwritten
 * @param right shape (size, any), row-major; becomes Qᵀ·right
 */
export function tridiagonalise(matrix: Float64Array, size: number, right: Float64Array): Tridiagonal {
  const diagonal = new Float64Array(size)
  const offDiagonal = new Float64Array(size)
  const v = new Float64Array(size)
  const w = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    diagonal[k] = matrix[k * size + k]
    if (k + 1 === size) break
    const { scale, head } = reflector(matrix, k, v)
    offDiagonal[k] = head
    if (scale === 0) continue
    reflectTrailing(matrix, k, { v, w, scale })
    reflectRows(right, k, { v, scale, columns: right.length / size })
  }
  return { diagonal, offDiagonal }
}

/** Fills v[k+1…] so that (I − scale·v·vᵀ) sends column k below the diagonal to (head, 0, …, 0). */
function reflector(matrix: Float64Array, k: number, v: Float64Array): { scale: number; head: number } {
  const size = v.length
  let squares = 0
  for (let i = k + 1; i < size; i++) {
    v[i] = matrix[i * size + k]
    if (i > k + 1) squares += v[i] * v[i]
  }
  const first = v[k + 1]
  if (squares < UNDERFLOW) return { scale: 0, head: first }
  const length = Math.sqrt(first * first + squares)
  const head = first > 0 ? -length : length
  v[k + 1] = first - head
  return { scale: 2 / (v[k + 1] * v[k + 1] + squares), head }
}

/** The trailing block B becomes H·B·H, by B − v·wᵀ − w·vᵀ with w = scale·B·v − ½·scale²·(vᵀBv)·v. */
function reflectTrailing(
  matrix: Float64Array,
  k: number,
  { v, w, scale }: { readonly v: Float64Array; readonly w: Float64Array; readonly scale: number },
): void {
  const size = v.length
  w.fill(0, k + 1)
  for (let i = k + 1; i < size; i++) {
    const row = i * size
    const vi = v[i]
    let sum = matrix[row + i] * vi
    for (let j = k + 1; j < i; j++) {
      sum += matrix[row + j] * v[j]
      w[j] += matrix[row + j] * vi
    }
    w[i] += sum
  }
  let product = 0
  for (let i = k + 1; i < size; i++) {
    w[i] *= scale
    product += w[i] * v[i]
  }
  for (let i = k + 1; i < size; i++) w[i] -= 0.5 * scale * product * v[i]
  for (let i = k + 1; i < size; i++) {
    const row = i * size
    const vi = v[i]
    const wi = w[i]
    for (let j = k + 1; j <= i; j++) matrix[row + j] -= vi * w[j] + wi * v[j]
  }
}

/** Rows k + 1… of `right` become H·right. */
function reflectRows(
  right: Float64Array,
  k: number,
  { v, scale, columns }: { readonly v: Float64Array; readonly scale: number; readonly columns: number },
): void {
  const sums = new Float64Array(columns)
  for (let i = k + 1; i < v.length; i++) for (let c = 0; c < columns; c++) sums[c] += v[i] * right[i * columns + c]
  for (let i = k + 1; i < v.length; i++) {
    for (let c = 0; c < columns; c++) right[i * columns + c] -= scale * v[i] * sums[c]
  }
}
