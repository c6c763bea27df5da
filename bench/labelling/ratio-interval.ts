import type { Random } from '../../src/common/random.ts'
import type { Interval } from '../evaluation/bootstrap.ts'

const DRAWS = 2000

/**
 * 95 % interval of the ratio of two sums over targets, by the percentiles of ratios over targets drawn with replacement.
 *
 * @param above shape (targets)
 * @param below shape (targets)
 */
export function ratioInterval(above: readonly number[], below: readonly number[], random: Random): Interval {
  const ratios = new Float64Array(DRAWS)
  for (let draw = 0; draw < DRAWS; draw++) {
    let [a, b] = [0, 0]
    for (let i = 0; i < above.length; i++) {
      const t = Math.floor(random() * above.length)
      a += above[t]
      b += below[t]
    }
    ratios[draw] = a / b
  }
  const sorted = ratios.sort()
  return { low: sorted[Math.floor(0.025 * DRAWS)], high: sorted[Math.ceil(0.975 * DRAWS) - 1] }
}
