/** A node of a regression tree; a leaf has no column. Children lie behind their parent. */
export interface TreeNode {
  /** Mean residual of the training rows that came here. */
  readonly value: number
  readonly column?: number
  /** Rows whose bin is at most this go left. */
  readonly bin?: number
  readonly left?: number
  readonly right?: number
}

export type Tree = readonly TreeNode[]

export interface GrowOptions {
  readonly depth: number
  /** Fewest rows of a leaf. */
  readonly leafRows: number
}

interface Split {
  readonly column: number
  readonly bin: number
  readonly gain: number
}

/** Residuals and rows by column and bin; shape (columns, 32). */
interface Histogram {
  readonly sums: Float64Array
  readonly counts: Uint32Array
}

const BINS = 32

/**
 * A regression tree by greedy least squares (Breiman et al. 1984) on binned columns. The larger child's histogram is its
 * parent's less the smaller one's.
 *
 * @param columns bins below 32, each of shape (rows)
 * @param residuals shape (rows)
 */
export function growTree(columns: readonly Uint8Array[], residuals: Float64Array, options: GrowOptions): Tree {
  const nodes: TreeNode[] = []
  const grow = (rows: Uint32Array, depth: number, known?: Histogram): number => {
    const at = nodes.length
    const value = meanOf(residuals, rows)
    nodes.push({ value })
    if (depth === 0 || rows.length < 2 * options.leafRows) return at
    const histogram = known ?? histogramOf(columns, residuals, rows)
    const split = bestSplit(histogram, { rows: rows.length, total: value * rows.length, leafRows: options.leafRows })
    if (split === undefined) return at
    const [small, large] = parted(columns[split.column], split.bin, rows)
    const isLast = depth === 1
    const least = isLast ? undefined : histogramOf(columns, residuals, small.rows)
    const rest = least && less(histogram, least)
    const left = grow(small.isLeft ? small.rows : large, depth - 1, small.isLeft ? least : rest)
    const right = grow(small.isLeft ? large : small.rows, depth - 1, small.isLeft ? rest : least)
    nodes[at] = { value, column: split.column, bin: split.bin, left, right }
    return at
  }
  grow(Uint32Array.from(residuals.keys()), options.depth)
  return nodes
}

/** The smaller and the larger part of rows by a split. */
function parted(column: Uint8Array, bin: number, rows: Uint32Array) {
  const [left, right] = [new Uint32Array(rows.length), new Uint32Array(rows.length)]
  let [lefts, rights] = [0, 0]
  for (const row of rows) {
    if (column[row] <= bin) left[lefts++] = row
    else right[rights++] = row
  }
  const parts = [left.subarray(0, lefts), right.subarray(0, rights)] as const
  const isLeft = lefts <= rights
  return [{ rows: parts[isLeft ? 0 : 1], isLeft }, parts[isLeft ? 1 : 0]] as const
}

function meanOf(values: Float64Array, rows: Uint32Array): number {
  let sum = 0
  for (const row of rows) sum += values[row]
  return sum / Math.max(1, rows.length)
}

function histogramOf(columns: readonly Uint8Array[], residuals: Float64Array, rows: Uint32Array): Histogram {
  const [sums, counts] = [new Float64Array(columns.length * BINS), new Uint32Array(columns.length * BINS)]
  columns.forEach((column, c) => {
    const from = c * BINS
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]
      const at = from + column[row]
      sums[at] += residuals[row]
      counts[at]++
    }
  })
  return { sums, counts }
}

function less(whole: Histogram, part: Histogram): Histogram {
  return {
    sums: whole.sums.map((sum, i) => sum - part.sums[i]),
    counts: whole.counts.map((count, i) => count - part.counts[i]),
  }
}

interface NodeTotals {
  readonly rows: number
  /** Sum of residuals. */
  readonly total: number
  readonly leafRows: number
}

/** The split that takes most off the squared error; undefined where none takes any. */
function bestSplit({ sums, counts }: Histogram, { rows, total, leafRows }: NodeTotals): Split | undefined {
  let best: Split | undefined
  for (let from = 0; from < sums.length; from += BINS) {
    let [sum, count] = [0, 0]
    for (let bin = 0; bin < BINS && count < rows; bin++) {
      sum += sums[from + bin]
      count += counts[from + bin]
      if (counts[from + bin] === 0 || count < leafRows || rows - count < leafRows) continue
      const others = total - sum
      const gain = (sum * sum) / count + (others * others) / (rows - count) - (total * total) / rows
      if (gain > (best?.gain ?? 1e-12)) best = { column: from / BINS, bin, gain }
    }
  }
  return best
}
