import { portableLog } from './log.ts'

/** x ln x for x ≥ 0, with 0 at 0: the limit, and what a divergence means by it. In nats. NaN below 0. */
export function xLogX(x: number): number {
  return x === 0 ? 0 : x * portableLog(x)
}
