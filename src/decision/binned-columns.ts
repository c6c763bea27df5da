/** Bins of a column, the first kept for values that are not known. */
const BINS = 32

/** Where the bins of each column end; made from training rows, used for any. */
export type BinEdges = readonly Float64Array[]

/** Equi-depth edges of columns: at most 30 each. @param columns each of shape (rows), NaN where a value is not known */
export function binEdges(columns: readonly Float64Array[]): BinEdges {
  return columns.map(column => {
    const sorted = column.filter(value => !Number.isNaN(value)).sort()
    const edges = new Set<number>()
    for (let bin = 1; bin < BINS - 1; bin++) {
      const at = Math.floor((bin * sorted.length) / (BINS - 1))
      if (at > 0 && at < sorted.length && sorted[at] > sorted[0]) edges.add(sorted[at])
    }
    return Float64Array.from(edges)
  })
}

/** The bin of a value: 0 where it is not known, else 1 more than the edges at or below it. */
export function binOf(value: number, edges: Float64Array): number {
  if (Number.isNaN(value)) return 0
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle] <= value) low = middle + 1
    else high = middle
  }
  return low + 1
}

/** Columns as bins, each of shape (rows). */
export function binned(columns: readonly Float64Array[], edges: BinEdges): Uint8Array[] {
  return columns.map((column, c) => Uint8Array.from(column, value => binOf(value, edges[c])))
}

/** Bins that a column of these edges can have. */
export function binCount(edges: Float64Array): number {
  return edges.length + 2
}
