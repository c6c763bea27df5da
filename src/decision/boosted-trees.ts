import { seededRandom } from '../common/random.ts'
import { binEdges, binned, binOf, type BinEdges } from './binned-columns.ts'
import { growTree, type Tree } from './grow-tree.ts'

export interface BoostOptions {
  readonly trees: number
  readonly depth: number
  /** Fewest rows of a leaf. */
  readonly leafRows: number
  /** Share of each tree's step that is taken, in (0, 1]. */
  readonly rate: number
  /** Most rows that a tree is grown on: of more a sample, another for each tree. Default all. */
  readonly sample?: number
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
 * On a seeded sample of the rows for each tree where there are many: stochastic gradient boosting (Friedman 2002).
 *
 * @param columns each of shape (rows); NaN where a value is not known
 * @param values shape (rows)
 */
export function boostedTrees(
  columns: readonly Float64Array[],
  values: Float64Array,
  { trees: count, depth, leafRows, rate, sample = Infinity }: BoostOptions,
): BoostedTrees {
  const edges = binEdges(columns)
  const bins = binned(columns, edges)
  const base = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const residuals = values.map(value => value - base)
  const trees: Tree[] = []
  for (let k = 0; k < count; k++) {
    const tree = growTree(bins, residuals, { depth, leafRows, rows: sampled(residuals.length, sample, k) })
    trees.push(tree)
    if (tree.length === 1) break
    for (let row = 0; row < residuals.length; row++) {
      residuals[row] -= rate * leafOf(tree, column => bins[column][row])
    }
  }
  return { base, rate, edges, trees }
}

/** All rows, or as many drawn without replacement, ascending (selection sampling, Knuth 3.4.2 S). */
function sampled(rows: number, most: number, seed: number): Uint32Array {
  if (rows <= most) return Uint32Array.from({ length: rows }, (_, row) => row)
  const random = seededRandom(seed)
  const drawn = new Uint32Array(most)
  let found = 0
  for (let row = 0; found < most; row++) if (random() * (rows - row) < most - found) drawn[found++] = row
  return drawn
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
