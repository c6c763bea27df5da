import { binEdges, binned, binOf, type BinEdges } from './binned-columns.ts'
import { growTree, type Tree } from './grow-tree.ts'

export interface BoostOptions {
  readonly trees: number
  readonly depth: number
  /** Fewest rows of a leaf. */
  readonly leafRows: number
  /** Share of each tree's step that is taken, in (0, 1]. */
  readonly rate: number
}

/** A sum of regression trees. */
export interface BoostedTrees {
  /** Mean of the training values. */
  readonly base: number
  readonly rate: number
  readonly edges: BinEdges
  readonly trees: readonly Tree[]
}

/**
 * Gradient boosting of least squares with regression trees (Friedman 2001), on columns of equi-depth bins:
 *
 *   F_0 = ȳ,   F_k = F_{k−1} + ν·T_k,   T_k fitted to y − F_{k−1}
 *
 * @param columns each of shape (rows); NaN where a value is not known
 * @param values shape (rows)
 */
export function boostedTrees(
  columns: readonly Float64Array[],
  values: Float64Array,
  { trees: count, depth, leafRows, rate }: BoostOptions,
): BoostedTrees {
  const edges = binEdges(columns)
  const bins = binned(columns, edges)
  const base = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const residuals = values.map(value => value - base)
  const trees: Tree[] = []
  for (let k = 0; k < count; k++) {
    const tree = growTree(bins, residuals, { depth, leafRows })
    trees.push(tree)
    if (tree.length === 1) break
    for (let row = 0; row < residuals.length; row++) {
      residuals[row] -= rate * leafOf(tree, column => bins[column][row])
    }
  }
  return { base, rate, edges, trees }
}

function leafOf(tree: Tree, binAt: (column: number) => number): number {
  let node = tree[0]
  while (node.column !== undefined) node = tree[binAt(node.column) <= node.bin! ? node.left! : node.right!]
  return node.value
}

/**
 * What each column adds to the prediction for a row: the steps of the node means along its path through each tree, each
 * counted for the column that was asked (Saabas 2014). The prediction is `base` plus their sum.
 *
 * @param row shape (columns)
 * @returns shape (columns)
 */
export function treePulls({ rate, edges, trees }: BoostedTrees, row: Float64Array): Float64Array {
  const bins = row.map((value, column) => binOf(value, edges[column]))
  const pulls = new Float64Array(row.length)
  for (const tree of trees) {
    let node = tree[0]
    while (node.column !== undefined) {
      const next = tree[bins[node.column] <= node.bin! ? node.left! : node.right!]
      pulls[node.column] += rate * (next.value - node.value)
      node = next
    }
  }
  return pulls
}
