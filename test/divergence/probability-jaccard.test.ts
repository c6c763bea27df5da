import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jaccard, probabilityJaccard } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/jaccard.json' with { type: 'json' }

const weights = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 20 })

describe('probabilityJaccard', () => {
  it('is ¾ for (½, ½) against (¼, ¾), worked by hand', () => {
    // i = 1: 1/(1 + 3) = ¼; i = 2: 1/(1 + 1) = ½
    expect(probabilityJaccard([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(3 / 4, 15)
  })

  it('is the set Jaccard of two uniform sets of equal size, as the paper has it', () => {
    expect(probabilityJaccard([1, 1, 1, 0], [0, 1, 1, 1])).toBeCloseTo(0.5, 15)
  })

  it('is 1 / max size for sets of different size: {1} in {1, 2, 3}', () => {
    expect(probabilityJaccard([1, 0, 0], [1, 1, 1])).toBeCloseTo(1 / 3, 15)
  })

  it('is 0 when nothing is shared', () => {
    expect(probabilityJaccard([1, 0], [0, 1])).toBe(0)
    expect(probabilityJaccard([0, 0], [0, 0])).toBe(0)
    expect(probabilityJaccard([0, 0], [1, 0])).toBe(0)
  })

  it.each(golden.cases)(`is that of the ${golden.peer}, case %#`, ({ a, b, probability }) => {
    expect(Math.abs(probabilityJaccard(a, b) - probability)).toBeLessThanOrEqual(golden.tolerance)
  })

  it('refuses other shapes and weights below 0', () => {
    expect(caughtCode(() => probabilityJaccard([1], [1, 2]))).toBe('SHAPE')
    expect(caughtCode(() => probabilityJaccard([-1], [1]))).toBe('OUT_OF_RANGE')
  })

  it('does not see the size of either sample, and is at least the Jaccard of the shares', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 2, max: 50 }), (pairs, k) => {
        const x = pairs.map(([a]) => a)
        const y = pairs.map(([, b]) => b)
        const share = (values: number[]): number[] => {
          const total = values.reduce((sum, value) => sum + value, 0)
          return values.map(value => (total === 0 ? 0 : value / total))
        }
        const similarity = probabilityJaccard(x, y)
        const larger = x.map(value => k * value)
        expect(probabilityJaccard(larger, y)).toBeCloseTo(similarity, 12)
        expect(similarity).toBeLessThanOrEqual(1)
        expect(similarity).toBeGreaterThanOrEqual(jaccard(share(x), share(y)) - 1e-12)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('is 1 only for proportional weights', () => {
    expect(probabilityJaccard([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 15)
    expect(probabilityJaccard([1, 2, 3], [2, 4, 7])).toBeLessThan(0.99)
  })
})
