import type { DecisionTarget, KnownTarget } from './decision-target.ts'

/** Mean values of models over the datasets of a history. */
export interface MeansElsewhere {
  /**
   * Mean of each candidate of a target over the datasets that are neither its kin nor left out; NaN without any.
   *
   * @param kin of the target, whose datasets do not count
   */
  of(target: DecisionTarget, kin?: string): Float64Array
}

interface Sum {
  sum: number
  count: number
}

/** @param leftOut kin whose datasets do not count */
export function meansElsewhere(history: readonly KnownTarget[], leftOut: ReadonlySet<string>): MeansElsewhere {
  const all = new Map<string, Sum>()
  const byKin = new Map<string, Map<string, Sum>>()
  for (const { kin, candidates, values } of history) {
    if (leftOut.has(kin)) continue
    const own = byKin.get(kin) ?? new Map<string, Sum>()
    byKin.set(kin, own)
    candidates.forEach(({ name }, c) => {
      add(all, name, values[c])
      add(own, name, values[c])
    })
  }
  return {
    of({ candidates }, kin) {
      const own = kin === undefined ? undefined : byKin.get(kin)
      return Float64Array.from(candidates, ({ name }) => {
        const [total, less] = [all.get(name), own?.get(name)]
        const count = (total?.count ?? 0) - (less?.count ?? 0)
        return count > 0 ? (total!.sum - (less?.sum ?? 0)) / count : NaN
      })
    },
  }
}

function add(sums: Map<string, Sum>, name: string, value: number): void {
  const found = sums.get(name)
  if (found) {
    found.sum += value
    found.count++
  } else {
    sums.set(name, { sum: value, count: 1 })
  }
}
