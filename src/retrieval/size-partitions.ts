/** Sets of sizes from `least` to `most`, both included. */
export interface SizePartition {
  readonly least: number
  readonly most: number
}

/**
 * Cuts sets by size so that taking each for as large as the largest of its part costs the fewest false positives.
 *
 *   cost of [l, u] = Σ_{l ≤ i ≤ u} c_i (x_u − x_i) / x_u        Zhu et al. (2016), §5.2
 *
 * @param sizes sizes of all sets, each > 0
 * @param parts integer ≥ 1; fewer come back when there are fewer different sizes
 * @returns ascending; none for no sets
 */
export function sizePartitions(sizes: readonly number[], parts: number): SizePartition[] {
  const counts = new Map<number, number>()
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1)
  const x = [...counts.keys()].sort((a, b) => a - b)
  if (x.length === 0) return []
  const cut = cheapestCuts(x, { cost: intervalCost(x, counts), parts: Math.min(parts, x.length) })
  return cut.map(([from, to]) => ({ least: x[from], most: x[to] }))
}

type IntervalCost = (from: number, to: number) => number

function intervalCost(x: readonly number[], counts: ReadonlyMap<number, number>): IntervalCost {
  const [sets, total] = [[0], [0]]
  x.forEach((size, i) => {
    const count = counts.get(size)!
    sets.push(sets[i] + count)
    total.push(total[i] + count * size)
  })
  return (from, to) => sets[to + 1] - sets[from] - (total[to + 1] - total[from]) / x[to]
}

/** Dynamic programming over the last cut; ties go to the smaller index. */
function cheapestCuts(
  x: readonly number[],
  { cost, parts }: { readonly cost: IntervalCost; readonly parts: number },
): (readonly [number, number])[] {
  let best = x.map((_, to) => cost(0, to))
  const lastCut: Int32Array[] = []
  for (let part = 1; part < parts; part++) {
    const cuts = new Int32Array(x.length).fill(-1)
    best = x.map((_, to) => {
      let least = Infinity
      for (let before = part - 1; before < to; before++) {
        const sum = best[before] + cost(before + 1, to)
        if (sum < least) [least, cuts[to]] = [sum, before]
      }
      return least
    })
    lastCut.push(cuts)
  }
  const intervals: (readonly [number, number])[] = []
  let to = x.length - 1
  for (const cuts of lastCut.reverse()) {
    intervals.unshift([cuts[to] + 1, to])
    to = cuts[to]
  }
  return [[0, to], ...intervals]
}
