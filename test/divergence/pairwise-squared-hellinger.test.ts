import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairwiseJensenShannon, pairwiseSquaredHellinger } from '../../src/divergence/index.ts'
import { allFeatures, arbitraryBlocks, blockOf } from '../arbitrary-partition-block.ts'

describe('pairwiseSquaredHellinger', () => {
  it('is the mean over the features, 1 where a side lacks one, worked by hand', () => {
    const source = blockOf([
      [
        [1, 0],
        [0.5, 0.5],
      ],
    ])
    const target = blockOf([
      [
        [0.25, 0.75],
        [0, 0],
      ],
    ])
    expect(pairwiseSquaredHellinger(source, target, Uint32Array.of(0, 1))[0]).toBeCloseTo(0.75, 12)
    expect(pairwiseSquaredHellinger(source, target, new Uint32Array(0))[0]).toBe(1)
  })

  it('bounds the Jensen–Shannon divergence of every pair: ln 2 · H² ≤ JS ≤ H²', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), ({ source, target }) => {
        const features = allFeatures(source)
        const bounds = pairwiseSquaredHellinger(source, target, features)
        pairwiseJensenShannon(source, target, features).forEach((js, pair) => {
          expect(js).toBeGreaterThanOrEqual(Math.LN2 * bounds[pair] - 1e-6)
          expect(js).toBeLessThanOrEqual(bounds[pair] + 1e-6)
        })
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
