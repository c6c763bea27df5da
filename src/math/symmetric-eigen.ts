import { ModelHubError } from '../common/modelhub-error.ts'
import { tridiagonalise, type Tridiagonal } from './tridiagonalise.ts'

export interface SymmetricEigen {
  /** Eigenvalues in falling order, shape (size). */
  readonly values: Float64Array
  /** Vᵀ·right, shape (size, columns of right): with the identity on the right, row j is the j-th eigenvector. */
  readonly rotated: Float64Array
}

/** Sweeps of QL per eigenvalue; two or three are usual, and none is known to need thirty. */
const MOST_SWEEPS = 60

/**
 * All eigenvalues of a symmetric matrix A = V·diag(λ)·Vᵀ, and the eigenvectors as applied to a matrix.
 *
 * Householder's tridiagonalisation and QL with implicit shifts (Golub and Van Loan 2013, §8.3). Scores need only
 * Vᵀ·right for a `right` of few columns, which spares the size³ of building V. Eigenvalues are off by some 2⁻⁵² of the
 * largest.
 *
 * @param matrix symmetric, shape (size, size), row-major, finite; only the lower triangle is read; it is not changed
 * @param right shape (size, any), row-major; it is not changed; the identity when left out
 */
export function symmetricEigen(matrix: Float64Array, size: number, right = identity(size)): SymmetricEigen {
  const rotated = right.slice()
  const scale = powerOfTwoNear(matrix)
  const { diagonal, offDiagonal } = tridiagonalise(
    matrix.map(entry => entry / scale),
    size,
    rotated,
  )
  diagonalise({ diagonal, offDiagonal }, size, rotated)
  const eigen = inFallingOrder(diagonal, size, rotated)
  return { ...eigen, values: eigen.values.map(value => value * scale) }
}

/** Brings the largest entry near 1 without rounding, so that nothing that matters underflows or overflows. */
function powerOfTwoNear(matrix: Float64Array): number {
  let largest = 0
  for (const entry of matrix) largest = Math.max(largest, Math.abs(entry))
  return largest > 0 ? 2 ** Math.max(-1000, Math.floor(Math.log2(largest))) : 1
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1
  return matrix
}

function diagonalise({ diagonal, offDiagonal }: Tridiagonal, size: number, rotated: Float64Array): void {
  const nothing = roundingOf({ diagonal, offDiagonal })
  for (let l = 0; l < size; l++) {
    for (let sweep = 0; ; sweep++) {
      const m = endOfBlock({ diagonal, offDiagonal }, l, nothing)
      if (m === l) break
      if (sweep === MOST_SWEEPS) {
        throw new ModelHubError('INTERNAL', `symmetric matrix of size ${size}: QL did not converge in ${sweep} sweeps`)
      }
      sweepBlock({ diagonal, offDiagonal }, [l, m], rotated)
    }
  }
}

/**
 * What counts as zero beside the diagonal: the rounding of the whole matrix, which the reduction has left everywhere. Held
 * against its neighbours alone, QL would chase the rounding of a matrix with many eigenvalues of zero without end.
 */
function roundingOf({ diagonal, offDiagonal }: Tridiagonal): number {
  let largest = 0
  for (let i = 0; i < diagonal.length; i++) {
    largest = Math.max(largest, Math.abs(diagonal[i]) + Math.abs(offDiagonal[i]))
  }
  return Number.EPSILON * largest
}

function endOfBlock({ diagonal, offDiagonal }: Tridiagonal, l: number, nothing: number): number {
  let m = l
  while (m < diagonal.length - 1 && Math.abs(offDiagonal[m]) > nothing) m++
  return m
}

/** One implicit QL sweep over rows l…m. */
function sweepBlock(
  { diagonal: d, offDiagonal: e }: Tridiagonal,
  [l, m]: [number, number],
  rotated: Float64Array,
): void {
  const shiftRatio = (d[l + 1] - d[l]) / (2 * e[l])
  const root = Math.sqrt(shiftRatio * shiftRatio + 1)
  let g = d[m] - d[l] + e[l] / (shiftRatio + (shiftRatio < 0 ? -root : root))
  let sine = 1
  let cosine = 1
  let p = 0
  for (let i = m - 1; i >= l; i--) {
    const f = sine * e[i]
    const b = cosine * e[i]
    const length = Math.sqrt(f * f + g * g)
    e[i + 1] = length
    if (length === 0) {
      d[i + 1] -= p
      e[m] = 0
      return
    }
    sine = f / length
    cosine = g / length
    g = d[i + 1] - p
    const r = (d[i] - g) * sine + 2 * cosine * b
    p = sine * r
    d[i + 1] = g + p
    g = cosine * r - b
    rotateRows(rotated, i, { sine, cosine, columns: rotated.length / d.length })
  }
  d[l] -= p
  e[l] = g
  e[m] = 0
}

/** Turns rows i and i + 1 in their plane. */
function rotateRows(
  rotated: Float64Array,
  i: number,
  { sine, cosine, columns }: { readonly sine: number; readonly cosine: number; readonly columns: number },
): void {
  const upper = i * columns
  const lower = upper + columns
  for (let c = 0; c < columns; c++) {
    const u = rotated[upper + c]
    const v = rotated[lower + c]
    rotated[lower + c] = sine * u + cosine * v
    rotated[upper + c] = cosine * u - sine * v
  }
}

function inFallingOrder(diagonal: Float64Array, size: number, rotated: Float64Array): SymmetricEigen {
  const columns = rotated.length / size
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j] - diagonal[i])
  const sorted = new Float64Array(rotated.length)
  order.forEach((from, to) => sorted.set(rotated.subarray(from * columns, (from + 1) * columns), to * columns))
  return { values: Float64Array.from(order, i => diagonal[i]), rotated: sorted }
}
