import { ModelHubError } from '../common/index.ts'

/** 97.5 % of the normal distribution lies below it. */
const Z = 1.959963984540054

/**
 * The 95 % interval of a share, by Wilson (1927):
 *
 *   (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n),   p = right / n
 *
 * @returns lower and upper end, within [0, 1]
 * @throws OUT_OF_RANGE unless n is a whole number from 1 and right one from 0 to n
 */
export function wilsonInterval(right: number, n: number): readonly [number, number] {
  if (!(Number.isInteger(n) && n >= 1 && Number.isInteger(right) && right >= 0 && right <= n)) {
    throw new ModelHubError('OUT_OF_RANGE', `interval: expected whole numbers 0 ≤ right ≤ n, n ≥ 1, got ${right}, ${n}`)
  }
  const p = right / n
  const scale = 1 + (Z * Z) / n
  const middle = (p + (Z * Z) / (2 * n)) / scale
  const half = (Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n))) / scale
  return [right === 0 ? 0 : middle - half, right === n ? 1 : middle + half]
}
