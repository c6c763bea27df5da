import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jensenShannon, squaredHellinger } from '../../src/divergence/index.ts'
import {
  candidateProbability,
  meanRecall,
  pStableCollision,
  pStableHashes,
  recallAt,
  rootDistances,
} from '../../src/retrieval/index.ts'
import { addProducts, cellPlaces, cellsOf } from '../../src/retrieval/p-stable-hashes.ts'
import { arbitraryHistogram } from '../arbitrary-histogram.ts'
import { golden } from '../golden-file.ts'

const PAPER = { shape: { bands: 46, values: 11 }, width: 1.3 }
const { cases, tolerance } = golden<{ cases: [number, number, number][]; tolerance: number }>('p-stable-collision.json')

describe('pStableCollision', () => {
  it('is the closed form of Datar et al.', () => {
    for (const [distance, width, p] of cases) {
      expect(Math.abs(pStableCollision(distance, width) - p)).toBeLessThan(tolerance)
    }
  })

  it('is the share of hashes that agree, in simulation', () => {
    const hashes = pStableHashes({ dimensions: 2, shape: { bands: 20_000, values: 1 }, width: 1.3, seed: 4 })
    const cells = (point: number[]) => {
      const sums = new Float64Array(20_000)
      addProducts(hashes, sums, { point, from: 0, to: 2 })
      return cellsOf(cellPlaces(hashes, sums))
    }
    const origin = cells([0.2, 0.9])
    for (const distance of [0.1, 0.5, 1, 3]) {
      const other = cells([0.2 + 0.6 * distance, 0.9 - 0.8 * distance])
      const share = origin.filter((cell, h) => cell === other[h]).length / 20_000
      const p = pStableCollision(distance, 1.3)
      // Four standard errors.
      expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 20_000))
    }
  })

  it('is 1 at no distance and falls', () => {
    expect(pStableCollision(0, 1)).toBe(1)
    const distances = [0.01, 0.1, 0.5, 1, 2, 10, 1000].map(c => pStableCollision(c, 1))
    expect(distances).toEqual([...distances].sort((a, b) => b - a))
  })
})

describe('recallAt', () => {
  it('is .44 to .75 for the paper’s r = 1.3, K = 11, L = 46 at JS = .1', () => {
    const { worst, best } = recallAt(0.1, PAPER)
    expect(worst).toBeCloseTo(0.44, 2)
    expect(best).toBeCloseTo(0.75, 2)
  })

  it('lies on both sides of the mean recall of pairs at that divergence', () => {
    const { least, most } = rootDistances(0.1)
    const mean = meanRecall([least, (least + most) / 2, most], PAPER)
    expect(mean).toBeGreaterThan(recallAt(0.1, PAPER).worst)
    expect(mean).toBeLessThan(recallAt(0.1, PAPER).best)
    expect(meanRecall([least], PAPER)).toBe(candidateProbability(least, PAPER))
    expect(meanRecall([], PAPER)).toBeNaN()
  })
})

describe('rootDistances', () => {
  it('hold the distance of the roots of any two histograms of that divergence', () => {
    const pair = fc.integer({ min: 1, max: 20 }).chain(n => fc.tuple(arbitraryHistogram(n), arbitraryHistogram(n)))
    fc.assert(
      fc.property(pair, ([p, q]) => {
        const distance = Math.sqrt(2 * squaredHellinger(p, q))
        const { least, most } = rootDistances(jensenShannon(p, q))
        expect(distance).toBeGreaterThan(least - 1e-6)
        expect(distance).toBeLessThan(most + 1e-6)
      }),
    )
    expect(rootDistances(0)).toEqual({ least: 0, most: 0 })
    expect(rootDistances(Math.LN2).most).toBe(Math.SQRT2)
  })
})
