import { integrate } from '../math/integrate.ts'
import type { BandShape } from './band-tables.ts'
import { bandCollision } from './optimal-bands.ts'

/** Beyond so many standard deviations a normal density is below 1e-21. */
const TAIL = 9.7

/**
 * Probability that one p-stable hash of width r gives two points at distance c the same value.
 *
 *   p(c) = ∫_0^r (1/c) f(t/c) (1 − t/r) dt,   f the density of |N(0, 1)|        Datar et al. (2004), §3.2
 *
 * Falls with c from 1 to 0.
 *
 * @param distance c ≥ 0
 * @param width r > 0
 */
export function pStableCollision(distance: number, width: number): number {
  if (distance === 0) return 1
  const cells = width / distance
  const density = (u: number) => Math.sqrt(2 / Math.PI) * Math.exp(-0.5 * u * u) * (1 - u / cells)
  return Math.min(1, integrate(density, [0, Math.min(cells, TAIL)]))
}

/** Bands and width of p-stable hashes: all that the chance of a candidate depends on. */
export interface PStableParameters {
  readonly shape: BandShape
  /** r > 0. */
  readonly width: number
}

/** Probability that two points at a distance become candidates of each other: 1 − (1 − p(c)^K)^L. */
export function candidateProbability(distance: number, { shape, width }: PStableParameters): number {
  return bandCollision(pStableCollision(distance, width), shape)
}

/**
 * The distances c = ‖√P − √Q‖₂ at which a Jensen–Shannon divergence can lie, from ln2 · H² ≤ JS ≤ H² and c² = 2 H².
 *
 *   c ∈ [√(2 JS), √(2 JS / ln 2)]        both constants sharp
 *
 * @param js nats, in [0, ln 2]
 */
export function rootDistances(js: number): { readonly least: number; readonly most: number } {
  return { least: Math.sqrt(2 * js), most: Math.min(Math.SQRT2, Math.sqrt((2 * js) / Math.LN2)) }
}

/**
 * The share of pairs at a divergence that become candidates: for the worst distance it can stand for, and the best.
 *
 * @param js nats, in [0, ln 2]
 */
export function recallAt(js: number, parameters: PStableParameters): { readonly worst: number; readonly best: number } {
  const { least, most } = rootDistances(js)
  return { worst: candidateProbability(most, parameters), best: candidateProbability(least, parameters) }
}

/**
 * The mean share of true pairs that become candidates.
 *
 * @param distances c of each true pair, such as those of a sample of the hub; NaN when there is none
 */
export function meanRecall(distances: Iterable<number>, parameters: PStableParameters): number {
  let [sum, pairs] = [0, 0]
  for (const distance of distances) {
    sum += candidateProbability(distance, parameters)
    pairs++
  }
  return sum / pairs
}
