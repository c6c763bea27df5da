const BUCKETS = 4096

/**
 * Numbers in ascending order, to within 1/4096 of their range: a counting sort, for hundreds of thousands of them.
 *
 * @param values in [0, Infinity); infinite ones are left out
 * @param most values above it are left out
 * @returns places of the values that stay, nearly ascending, ties in their order
 */
export function bucketedOrder(values: Float32Array, most: number): Uint32Array {
  const bucket = (value: number) => (most > 0 ? Math.min(BUCKETS - 1, Math.floor((value / most) * BUCKETS)) : 0)
  const starts = new Uint32Array(BUCKETS + 1)
  for (const value of values) if (value <= most && value < Infinity) starts[bucket(value) + 1]++
  for (let b = 0; b < BUCKETS; b++) starts[b + 1] += starts[b]
  const order = new Uint32Array(starts[BUCKETS])
  for (let at = 0; at < values.length; at++) {
    const value = values[at]
    if (value <= most && value < Infinity) order[starts[bucket(value)]++] = at
  }
  return order
}
