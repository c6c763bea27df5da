import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { l2OfCentres } from '../../src/divergence/index.ts'
import { candidateProbability, l2LshIndex, pStableHashes } from '../../src/retrieval/index.ts'
import { caughtCode } from '../caught-code.ts'

const parameters = { shape: { bands: 6, values: 4 }, width: 1.2 }
const threshold = 0.4
const random = seededRandom(6)
const centres = Array.from({ length: 300 }, () => Float64Array.from({ length: 5 }, random))
const index = l2LshIndex<number>(pStableHashes({ dimensions: 5, ...parameters, seed: 1 }), { threshold })
centres.forEach((centre, key) => index.insert(key, centre))

describe('l2LshIndex', () => {
  it('finds centres within the distance, at the recall of the farthest, and nothing else', () => {
    let [met, expected] = [0, 0]
    for (const query of centres.slice(0, 100)) {
      const truth = centres.filter(centre => l2OfCentres(centre, query) <= threshold)
      const { found } = index.query(query)
      for (const { key, value } of found) expect(value).toBe(l2OfCentres(centres[key], query))
      expect(found.every(({ value }) => value <= threshold)).toBe(true)
      met += found.length
      expected += truth.length
    }
    expect(expected).toBeGreaterThan(300)
    expect(met / expected).toBeGreaterThanOrEqual(candidateProbability(threshold, parameters))
  })

  it('refuses centres of other dimensions', () => {
    expect(caughtCode(() => index.query(new Float64Array(4)))).toBe('SHAPE')
  })
})
