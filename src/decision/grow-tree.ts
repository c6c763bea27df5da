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

/**
 * A regression tree by greedy least squares (Breiman et al. 1984) on binned columns.
 *
 * @param columns bins, each of shape (rows)
 * @param residuals shape (rows)
 */
export function growTree(columns: readonly Uint8Array[], residuals: Float64Array, options: GrowOptions): Tree {
  const nodes: TreeNode[] = []
  const grow = (rows: Uint32Array, depth: number): number => {
    const at = nodes.length
    const value = meanOf(residuals, rows)
    nodes.push({ value })
    const split = depth > 0 ? bestSplit(columns, residuals, rows, options.leafRows) : undefined
    if (split === undefined) return at
    const column = columns[split.column]
    const left = grow(
      rows.filter(row => column[row] <= split.bin),
      depth - 1,
    )
    const right = grow(
      rows.filter(row => column[row] > split.bin),
      depth - 1,
    )
    nodes[at] = { value, column: split.column, bin: split.bin, left, right }
    return at
  }
  grow(Uint32Array.from(residuals.keys()), options.depth)
  return nodes
}

function meanOf(values: Float64Array, rows: Uint32Array): number {
  let sum = 0
  for (const row of rows) sum += values[row]
  return sum / Math.max(1, rows.length)
}

/** The split that takes most off the squared error; undefined where none takes any. */
function bestSplit(
  columns: readonly Uint8Array[],
  residuals: Float64Array,
  rows: Uint32Array,
  leafRows: number,
): Split | undefined {
  let best: Split | undefined
  if (rows.length < 2 * leafRows) return best
  const [sums, counts] = [new Float64Array(256), new Uint32Array(256)]
  const total = meanOf(residuals, rows) * rows.length
  for (const [c, column] of columns.entries()) {
    sums.fill(0)
    counts.fill(0)
    for (const row of rows) {
      sums[column[row]] += residuals[row]
      counts[column[row]]++
    }
    let [sum, count] = [0, 0]
    for (let bin = 0; count < rows.length; bin++) {
      sum += sums[bin]
      count += counts[bin]
      if (counts[bin] === 0 || count < leafRows || rows.length - count < leafRows) continue
      const others = total - sum
      const gain = (sum * sum) / count + (others * others) / (rows.length - count) - (total * total) / rows.length
      if (gain > (best?.gain ?? 1e-12)) best = { column: c, bin, gain }
    }
  }
  return best
}
