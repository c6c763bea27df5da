/**
 * Makes the rows of a matrix orthonormal, in place: modified Gram–Schmidt, each row twice (Giraud et al. 2005: twice is
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
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) removeShare(row, basis.subarray(j * size, (j + 1) * size))
    }
    const after = Math.sqrt(dot(row, row))
    const factor = after > before * size * Number.EPSILON ? 1 / after : 0
    for (let c = 0; c < size; c++) row[c] *= factor
  }
}

function removeShare(row: Float64Array, unit: Float64Array): void {
  const share = dot(row, unit)
  for (let c = 0; c < row.length; c++) row[c] -= share * unit[c]
}

/** The inner product of two vectors of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  // Four sums, as one would wait for each addition.
  let [s, t, u, v] = [0, 0, 0, 0]
  const whole = a.length & ~3
  for (let c = 0; c < whole; c += 4) {
    s += a[c] * b[c]
    t += a[c + 1] * b[c + 1]
    u += a[c + 2] * b[c + 2]
    v += a[c + 3] * b[c + 3]
  }
  for (let c = whole; c < a.length; c++) s += a[c] * b[c]
  return s + t + (u + v)
}
