/**
 * Cholesky's factorisation of a symmetric positive definite matrix, M = L·Lᵀ (Golub and Van Loan 2013, §4.2); size³/6
 * multiplications. NaN where M is not positive definite.
 *
 * @param matrix shape (size, size), row-major; its lower triangle is read and overwritten with L
 */
export function choleskyFactor(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const row = matrix.subarray(i * size, i * size + i + 1)
    for (let j = 0; j <= i; j++) {
      const other = j * size
      let rest = row[j]
      for (let c = 0; c < j; c++) rest -= row[c] * matrix[other + c]
      row[j] = j < i ? rest / matrix[other + j] : Math.sqrt(rest)
    }
  }
}

/**
 * log |M| of a symmetric positive definite matrix, 2·Σ log L_ii. NaN when M is not positive definite.
 *
 * @param matrix shape (size, size), row-major; its lower triangle is read and overwritten with L
 */
export function choleskyLogDeterminant(matrix: Float64Array, size: number): number {
  choleskyFactor(matrix, size)
  let sum = 0
  for (let i = 0; i < size; i++) sum += Math.log(matrix[i * size + i])
  return 2 * sum
}

/** Solves L·x = b in place. @param lower shape (size, size), row-major, as `choleskyFactor` leaves it */
export function solveLower(lower: Float64Array, size: number, right: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let rest = right[i]
    for (let c = 0; c < i; c++) rest -= lower[i * size + c] * right[c]
    right[i] = rest / lower[i * size + i]
  }
}

/** Solves Lᵀ·x = b in place. @param lower shape (size, size), row-major, as `choleskyFactor` leaves it */
export function solveLowerTransposed(lower: Float64Array, size: number, right: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    let rest = right[i]
    for (let r = i + 1; r < size; r++) rest -= lower[r * size + i] * right[r]
    right[i] = rest / lower[i * size + i]
  }
}
