import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { gaussian } from '../../src/math/gaussian.ts'
import { candidateProbability } from '../../src/retrieval/p-stable-collision.ts'
import {
  addProducts,
  cellPlaces,
  cellsOf,
  pStableHashes,
  type PStableHashes,
} from '../../src/retrieval/p-stable-hashes.ts'
import { probedCollision } from '../../src/retrieval/probed-collision.ts'
import { probingSequence } from '../../src/retrieval/probing-sequence.ts'

/** Four standard errors of a share of 500 draws. */
const ERROR = 4 * Math.sqrt(0.25 / 500)

function placesAt(hashes: PStableHashes, point: Float64Array): Float64Array {
  const sums = new Float64Array(hashes.shifts.length)
  addProducts(hashes, sums, { point, from: 0, to: point.length })
  return cellPlaces(hashes, sums)
}

describe('probedCollision', () => {
  it('is 1 at distance 0, and the collision formula without probes', () => {
    expect(probedCollision(0, { values: 5, width: 1, probes: 0 })).toBe(1)
    for (const [distance, values] of [
      [0.3, 1],
      [0.2, 4],
      [0.5, 3],
      [0.1, 11],
    ] as const) {
      const formula = candidateProbability(distance, { shape: { bands: 1, values }, width: 1.3 })
      expect(Math.abs(probedCollision(distance, { values, width: 1.3, probes: 0 }) - formula)).toBeLessThan(ERROR)
    }
  })

  it('rises with probes, and with two of a single hash is the chance of no move beyond the neighbours', () => {
    const shares = [0, 1, 2, 5, 20].map(probes => probedCollision(0.4, { values: 6, width: 1, probes }))
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares[4]).toBeGreaterThan(shares[0])
    // |N(0, 1)| / 10 cells never moves a point by two.
    expect(probedCollision(0.1, { values: 1, width: 1, probes: 2 })).toBe(1)
  })

  it('is what hashes of points at that distance do', () => {
    const [values, width, probes, dimensions, pairs] = [6, 1, 8, 12, 400]
    const random = seededRandom(4)
    const normal = gaussian(random)
    const distance = 0.45
    let met = 0
    for (let pair = 0; pair < pairs; pair++) {
      const hashes = pStableHashes({ dimensions, shape: { bands: 1, values }, width, seed: pair })
      const step = Float64Array.from({ length: dimensions }, normal)
      const norm = Math.hypot(...step)
      const point = Float64Array.from({ length: dimensions }, () => random())
      const places = [point, point.map((x, i) => x + (distance * step[i]) / norm)].map(one => placesAt(hashes, one))
      const [own, other] = places.map(one => cellsOf(one))
      const looked = [new Int8Array(values), ...probingSequence(places[0], probes)]
      met += Number(looked.some(moves => moves.every((move, k) => own[k] + move === other[k])))
    }
    const simulated = probedCollision(distance, { values, width, probes })
    expect(Math.abs(met / pairs - simulated)).toBeLessThan(ERROR + 4 * Math.sqrt(0.25 / pairs))
    expect(met / pairs).toBeGreaterThan(candidateProbability(distance, { shape: { bands: 1, values }, width }))
  })
})
