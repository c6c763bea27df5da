/**
 * A matrix times a vector, shape (rows). Four rows at a time, so that a number of the vector is fetched a quarter as
 * often, and no addition waits for the one before.
 *
 * @param matrix shape (rows, size), row-major
 * @param vector shape (size)
 */
export function timesVector(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length
  const product = new Float64Array(matrix.length / size)
  let i = 0
  for (; i + 4 <= product.length; i += 4) {
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let at = 0, p = i * size, q = p + size, r = q + size, s = r + size; at < size; at++) {
      const entry = vector[at]
      a += entry * matrix[p++]
      b += entry * matrix[q++]
      c += entry * matrix[r++]
      d += entry * matrix[s++]
    }
    product[i] = a
    product[i + 1] = b
    product[i + 2] = c
    product[i + 3] = d
  }
  for (; i < product.length; i++) product[i] = dot(matrix.subarray(i * size, (i + 1) * size), vector)
  return product
}

/**
 * Adds the rows of a matrix to a vector, each times its weight. Four rows at a time, as in {@link timesVector}.
 *
 * @param vector shape (size), changed
 * @param weights shape (rows)
 * @param matrix shape (rows, size), row-major
 */
export function addRows(vector: Float64Array, weights: Float64Array, matrix: Float64Array): void {
  const size = vector.length
  let i = 0
  for (; i + 4 <= weights.length; i += 4) {
    const [a, b, c, d] = [weights[i], weights[i + 1], weights[i + 2], weights[i + 3]]
    for (let at = 0, p = i * size, q = p + size, r = q + size, s = r + size; at < size; at++) {
      vector[at] += a * matrix[p++] + b * matrix[q++] + (c * matrix[r++] + d * matrix[s++])
    }
  }
  for (; i < weights.length; i++) {
    for (let at = 0, p = i * size; at < size; at++) vector[at] += weights[i] * matrix[p++]
  }
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
