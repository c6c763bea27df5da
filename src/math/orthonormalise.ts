import { addRows, dot, timesVector } from './row-products.ts'

/**
 * Makes the rows of a matrix orthonormal, in place: classical Gram–Schmidt, each row twice (Giraud et al. 2005: twice is
 * enough). A row that depends on those before it becomes zero.
 *
 * @param basis shape (count, size), row-major
 * @param from the first row to change: those before it are orthonormal, or zero, already
 */
export function orthonormalise(basis: Float64Array, size: number, from = 0): void {
  const rows = basis.length / size
  for (let i = from; i < rows; i++) {
    const row = basis.subarray(i * size, (i + 1) * size)
    const before = Math.sqrt(dot(row, row))
    for (let pass = 0; pass < 2; pass++) removeShares(row, basis.subarray(0, i * size))
    const after = Math.sqrt(dot(row, row))
    const factor = after > before * size * Number.EPSILON ? 1 / after : 0
    for (let c = 0; c < size; c++) row[c] *= factor
  }
}

/** Takes from a row what lies along the rows of a basis. */
function removeShares(row: Float64Array, basis: Float64Array): void {
  const shares = timesVector(basis, row)
  for (let j = 0; j < shares.length; j++) shares[j] = -shares[j]
  addRows(row, shares, basis)
}
