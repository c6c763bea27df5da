import { seededRandom } from '../common/random.ts'
import { gaussian } from '../math/gaussian.ts'
import { probingSequence } from './probing-sequence.ts'

const SEED = 1
const DRAWS = 500

/** One band of p-stable hashes, and how it is looked up. */
export interface ProbedBand {
  /** K ≥ 1. */
  readonly values: number
  /** r > 0. */
  readonly width: number
  /** Neighbouring buckets looked into (see `probingSequence`), at least 0. */
  readonly probes: number
}

/**
 * Probability that a point lies in one of the buckets of a band that another at distance c looks into: its own, and the
 * neighbours that multi-probe adds. Simulated: each hash places the two N(0, c²) / r cells apart, the first evenly in its
 * cell. The same draws every time, so that it is the same everywhere; its standard error is .02 at most.
 *
 * @param distance c ≥ 0
 */
export function probedCollision(distance: number, { values, width, probes }: ProbedBand): number {
  const random = seededRandom(SEED)
  const normal = gaussian(random)
  let met = 0
  for (let draw = 0; draw < DRAWS; draw++) {
    const places = Float64Array.from({ length: values }, () => 1 - random())
    const moves = places.map(place => Math.ceil(place + (distance / width) * normal()) - 1)
    if (moves.every(move => move === 0)) met++
    else if (probes > 0 && moves.every(move => Math.abs(move) <= 1)) met += Number(isProbed(places, moves, probes))
  }
  return met / DRAWS
}

function isProbed(places: Float64Array, moves: Float64Array, probes: number): boolean {
  return probingSequence(places, probes).some(probe => probe.every((move, hash) => move === moves[hash]))
}
