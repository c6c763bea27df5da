import type { Random } from '../../src/common/random.ts'

export interface Interval {
  readonly low: number
  readonly high: number
}

const DRAWS = 1000

/**
 * 95 % intervals of means over targets, by the percentiles of means over groups drawn with replacement: targets of one
 * group are no independent data, and are drawn together.
 *
 * @param values what is averaged, each of shape (targets)
 * @param groups name of each target's group, shape (targets)
 */
export function bootstrapMeans(
  values: readonly (readonly number[])[],
  groups: readonly string[],
  random: Random,
): Interval[] {
  const names = [...new Set(groups)]
  const members = names.map(name => Array.from(groups.keys()).filter(t => groups[t] === name))
  const means = values.map(() => new Float64Array(DRAWS))
  for (let draw = 0; draw < DRAWS; draw++) {
    const drawn = names.flatMap(() => members[Math.floor(random() * names.length)])
    values.forEach((value, v) => {
      means[v][draw] = drawn.reduce((sum, t) => sum + value[t], 0) / drawn.length
    })
  }
  return means.map(all => {
    const sorted = all.sort()
    return { low: sorted[Math.floor(0.025 * DRAWS)], high: sorted[Math.ceil(0.975 * DRAWS) - 1] }
  })
}
