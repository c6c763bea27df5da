import { jensenShannonFloor, type SampleSizes } from './jensen-shannon-floor.ts'

const FACTOR = 1.65
const MOST_ROWS = 100

/**
 * The threshold of a match in the joint space when none is given, in nats.
 *
 *   t = 1.65 · (B − 1)/8 · (1/m_s + 1/m_t),   m_s, m_t at most 100
 *
 * That is 1.65 times `jensenShannonFloor`. Without the cap large data could never match, since real datasets differ by
 * more than sampling.
 *
 * @returns ≥ 0
 * @throws OUT_OF_RANGE when bins is no integer ≥ 1, or a number of rows is not > 0
 */
export function autoThreshold({ bins, sourceRows, targetRows }: SampleSizes): number {
  const capped = { bins, sourceRows: Math.min(sourceRows, MOST_ROWS), targetRows: Math.min(targetRows, MOST_ROWS) }
  return FACTOR * jensenShannonFloor(capped)
}
