import { pairwiseJensenShannon } from './pairwise-jensen-shannon.ts'
import { blockWidth, type PartitionBlock } from './partition-block.ts'

/** Cells of the target joined into one. */
interface Group {
  readonly rows: number
  /** Shape (1 × width). */
  readonly values: Float32Array
  readonly cells: readonly number[]
}

/**
 * How far a dataset lies from itself when it is cut into fewer cells, in nats: what soft coverage must miss because a
 * source of few rows has few cells.
 *
 *   floor(k) = Σ_j w_j max(0, JS(g_k(j), q_j) − φ_j (1 − m_j / m_g))
 *
 * g_k(j) is the group that cell j is in once the cells have been joined into k, the pair with the least
 * JS · m_a m_b / (m_a + m_b) first; φ the sampling floors. The last factor is there because a cell is part of its group.
 *
 * @param cells clustered partitions of the target
 * @param features numbers of the shared features
 * @param floors sampling floors of the cells, in nats, shape (cells)
 * @returns entry k − 1 for k groups, shape (cells): descending to 0
 */
export function granularityFloors(cells: PartitionBlock, features: Uint32Array, floors: Float64Array): Float64Array {
  const found = new Float64Array(cells.partitions)
  let groups = groupsOf(cells)
  const distances = new Map<Group, Map<Group, number>>(groups.map(group => [group, new Map<Group, number>()]))
  const measure = (group: Group, others: readonly Group[]) => {
    const js = pairwiseJensenShannon(blockOf(cells, [group]), blockOf(cells, others), features)
    distances.set(group, new Map(others.map((other, i) => [other, js[i]])))
  }
  groups.forEach((group, i) => i > 0 && measure(group, groups.slice(0, i)))
  while (groups.length > 1) {
    const [a, b] = cheapestPair(groups, distances)
    const joined = join(a, b)
    groups = groups.filter(group => group !== a && group !== b)
    if (groups.length > 0) measure(joined, groups)
    groups.push(joined)
    found[groups.length - 1] = distanceToGroups(cells, groups, { features, floors })
  }
  return found
}

function groupsOf(cells: PartitionBlock): Group[] {
  const width = blockWidth(cells)
  return Array.from(cells.rows, (rows, cell) => {
    return { rows, values: cells.values.subarray(cell * width, (cell + 1) * width), cells: [cell] }
  })
}

function blockOf(cells: PartitionBlock, groups: readonly Group[]): PartitionBlock {
  const width = blockWidth(cells)
  const values = new Float32Array(groups.length * width)
  groups.forEach((group, i) => values.set(group.values, i * width))
  const rows = Float64Array.from(groups, group => group.rows)
  return { partitions: groups.length, offsets: cells.offsets, values, rows }
}

function join(a: Group, b: Group): Group {
  const rows = a.rows + b.rows
  const values = a.values.map((value, bin) => (value * a.rows + b.values[bin] * b.rows) / rows)
  return { rows, values, cells: [...a.cells, ...b.cells] }
}

/** The first of the pairs whose joining costs least. Each later group knows its distance to the earlier ones. */
function cheapestPair(groups: readonly Group[], distances: Map<Group, Map<Group, number>>): [Group, Group] {
  let best: [Group, Group] = [groups[0], groups[1]]
  let least = Infinity
  groups.forEach((b, i) => {
    for (const a of groups.slice(0, i)) {
      const cost = (distances.get(b)!.get(a)! * a.rows * b.rows) / (a.rows + b.rows)
      if (cost < least) [best, least] = [[a, b], cost]
    }
  })
  return best
}

function distanceToGroups(
  cells: PartitionBlock,
  groups: readonly Group[],
  { features, floors }: { readonly features: Uint32Array; readonly floors: Float64Array },
): number {
  const all = groupsOf(cells)
  let [sum, rows] = [0, 0]
  for (const group of groups) {
    const members = blockOf(
      cells,
      group.cells.map(cell => all[cell]),
    )
    const js = pairwiseJensenShannon(blockOf(cells, [group]), members, features)
    group.cells.forEach((cell, i) => {
      const m = cells.rows[cell]
      sum += m * Math.max(0, js[i] - floors[cell] * (1 - m / group.rows))
      rows += m
    })
  }
  return sum / rows
}
