import { ModelHubError } from '../common/index.ts'

/**
 * McNemar's exact test (1947): how likely two models that are equally good would differ by as much, from the rows that
 * one of them alone has right.
 *
 *   p = min(1, 2 Σ_{i ≤ min(b, c)} C(b + c, i) / 2^(b + c))
 *
 * @param b rows that the first alone has right
 * @param c rows that the second alone has right
 * @returns in [0, 1]; 1 where they never differ, 0 where p is too small for a double
 * @throws OUT_OF_RANGE unless both are whole numbers from 0
 */
export function mcNemar(b: number, c: number): number {
  if (![b, c].every(count => Number.isInteger(count) && count >= 0)) {
    throw new ModelHubError('OUT_OF_RANGE', `McNemar: expected whole numbers from 0, got ${b}, ${c}`)
  }
  const n = b + c
  let logTerm = -n * Math.LN2
  let sum = Math.exp(logTerm)
  for (let i = 1; i <= Math.min(b, c); i++) {
    logTerm += Math.log((n - i + 1) / i)
    sum += Math.exp(logTerm)
  }
  return Math.min(1, 2 * sum)
}
