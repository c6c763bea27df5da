import { pairwiseJensenShannon } from './pairwise-jensen-shannon.ts'
import { blockWidth, type PartitionBlock } from './partition-block.ts'

/** Cells of a dataset joined into one. */
interface Group {
  readonly rows: number
  /** Shape (width). */
  readonly values: Float32Array
  /** Divergences from the groups that were there before it, in nats. */
  readonly distances: ReadonlyMap<Group, number>
}

/**
 * A dataset's cells, joined step by step until one is left: the dataset as it would look had it been cut more coarsely.
 *
 * The pair that costs least is joined first, ties by order; the cost is what the distances to the joined histogram add up
 * to, about
 *
 *   JS(a, b) · m_a m_b / (m_a + m_b)                                       as Ward (1963) for squared distances
 *
 * @param cells clustered partitions, n of them, at least one
 * @param features numbers of the features that distances are taken over
 * @returns entry k − 1: the cells joined into k, shape (n); the last one is `cells` itself
 * @throws SHAPE, OUT_OF_RANGE as `pairwiseJensenShannon` does
 */
export function coarseCells(cells: PartitionBlock, features: Uint32Array): PartitionBlock[] {
  const found = new Array<PartitionBlock>(cells.partitions)
  found[cells.partitions - 1] = cells
  let groups: Group[] = []
  const withDistances = (rows: number, values: Float32Array): Group => {
    const alone = blockOf(cells, [{ rows, values, distances: new Map() }])
    const js = pairwiseJensenShannon(alone, blockOf(cells, groups), features)
    return { rows, values, distances: new Map(groups.map((group, i) => [group, js[i]])) }
  }
  const width = blockWidth(cells)
  cells.rows.forEach((rows, cell) => {
    groups.push(withDistances(rows, cells.values.subarray(cell * width, (cell + 1) * width)))
  })
  while (groups.length > 1) {
    const [a, b] = cheapestPair(groups)
    const rows = a.rows + b.rows
    groups = groups.filter(group => group !== a && group !== b)
    groups.push(
      withDistances(
        rows,
        a.values.map((value, bin) => (value * a.rows + b.values[bin] * b.rows) / rows),
      ),
    )
    found[groups.length - 1] = blockOf(cells, groups)
  }
  return found
}

function blockOf({ offsets }: PartitionBlock, groups: readonly Group[]): PartitionBlock {
  const width = offsets[offsets.length - 1]
  const values = new Float32Array(groups.length * width)
  groups.forEach((group, i) => values.set(group.values, i * width))
  return { partitions: groups.length, offsets, values, rows: Float64Array.from(groups, ({ rows }) => rows) }
}

function cheapestPair(groups: readonly Group[]): [Group, Group] {
  let best: [Group, Group] = [groups[0], groups[1]]
  let least = Infinity
  groups.forEach((b, i) => {
    for (const a of groups.slice(0, i)) {
      const cost = (b.distances.get(a)! * a.rows * b.rows) / (a.rows + b.rows)
      if (cost < least) [best, least] = [[a, b], cost]
    }
  })
  return best
}
