/**
 * log |M| of a symmetric positive definite matrix by Cholesky's factorisation, M = L·Lᵀ, log |M| = 2·Σ log L_ii
 * (Golub and Van Loan 2013, §4.2); size³/6 multiplications. NaN when M is not positive definite.
 *
 * @param matrix shape (size, size), row-major; its lower triangle is read and overwritten with L
 */
export function choleskyLogDeterminant(matrix: Float64Array, size: number): number {
  let sum = 0
  for (let i = 0; i < size; i++) {
    const row = matrix.subarray(i * size, i * size + i + 1)
    for (let j = 0; j <= i; j++) {
      const other = j * size
      let rest = row[j]
      for (let c = 0; c < j; c++) rest -= row[c] * matrix[other + c]
      row[j] = j < i ? rest / matrix[other + j] : Math.sqrt(rest)
    }
    sum += Math.log(row[i])
  }
  return 2 * sum
}
