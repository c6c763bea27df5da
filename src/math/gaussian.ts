import type { Random } from '../common/random.ts'
import { portableLog } from './log.ts'

/**
 * Standard normal numbers from uniform ones, the same on every platform.
 *
 *   u, v uniform in (−1, 1), s = u² + v² in (0, 1):  u √(−2 ln s / s), v √(−2 ln s / s)      Marsaglia and Bray (1964)
 *
 * The polar method needs only a logarithm and a square root, and both are exact to the bit here.
 *
 * @param random uniform numbers in [0, 1), as from `seededRandom`
 * @returns a source of independent N(0, 1) numbers
 */
export function gaussian(random: Random): Random {
  let spare: number | undefined
  return () => {
    if (spare !== undefined) {
      const kept = spare
      spare = undefined
      return kept
    }
    for (;;) {
      const u = 2 * random() - 1
      const v = 2 * random() - 1
      const s = u * u + v * v
      if (s === 0 || s >= 1) continue
      const factor = Math.sqrt((-2 * portableLog(s)) / s)
      spare = v * factor
      return u * factor
    }
  }
}
