import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kendallTau, pearson, weightedTau } from '../../src/math/index.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/correlation.json' with { type: 'json' }

const MEASURES = { pearson, kendallTau, weightedTau }
const series = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
  minLength: 2,
  maxLength: 25,
})

describe('correlations by hand', () => {
  it('gives pearson ((1,2,3), (1,3,2)) = ½ and τ = ⅓ there', () => {
    expect(pearson([1, 2, 3], [1, 3, 2])).toBeCloseTo(0.5, 15)
    expect(kendallTau([1, 2, 3], [1, 3, 2])).toBeCloseTo(1 / 3, 15)
  })

  it('weighs an exchange at the top more than one at the bottom', () => {
    const top = weightedTau([4, 3, 2, 1], [3, 4, 2, 1])
    const bottom = weightedTau([4, 3, 2, 1], [4, 3, 1, 2])
    // ⟨x, x⟩ = 3 (1 + 1/2 + 1/3 + 1/4) = 25/4; the top exchange costs 2 (1 + 1/2), the bottom one 2 (1/3 + 1/4)
    expect(top).toBeCloseTo(1 - 3 / 6.25, 14)
    expect(bottom).toBeCloseTo(1 - 7 / 6 / 6.25, 14)
  })

  it('counts ties for neither side: C = 2, D = 0, one tie in x: τ_b = 2/√6', () => {
    expect(kendallTau([1, 1, 2], [1, 2, 3])).toBeCloseTo(2 / Math.sqrt(6), 15)
  })
})

describe(`correlations of ${golden.peer}`, () => {
  it.each(golden.cases)('$name', ({ x, y, pearson: r, kendall, weighted }) => {
    expect(Math.abs(pearson(x, y) - r)).toBeLessThanOrEqual(golden.tolerance)
    expect(Math.abs(kendallTau(x, y) - kendall)).toBeLessThanOrEqual(golden.tolerance)
    expect(Math.abs(weightedTau(x, y) - weighted)).toBeLessThanOrEqual(golden.tolerance)
  })
})

describe.each(Object.entries(MEASURES))('%s', (_, correlation) => {
  it('has no value for a constant series, one value, none, or a NaN', () => {
    expect(correlation([1, 2, 3], [0.1, 0.1, 0.1])).toBeNaN()
    expect(correlation([0.7, 0.7, 0.7], [1, 2, 3])).toBeNaN()
    expect(correlation([1], [2])).toBeNaN()
    expect(correlation([], [])).toBeNaN()
    expect(correlation([1, NaN, 3], [1, 2, 3])).toBeNaN()
  })

  it('refuses series of different lengths', () => {
    expect(caughtCode(() => correlation([1, 2], [1, 2, 3]))).toBe('SHAPE')
  })

  it('is symmetric, in [−1, 1], 1 with itself, and blind to order and to a stretch of the scale', () => {
    fc.assert(
      fc.property(series, pairs => {
        const x = pairs.map(([a]) => a)
        const y = pairs.map(([, b]) => b)
        fc.pre(new Set(x).size > 1 && new Set(y).size > 1)
        const value = correlation(x, y)
        expect(Math.abs(value)).toBeLessThanOrEqual(1)
        expect(correlation(y, x)).toBeCloseTo(value, 12)
        expect(correlation(x, x)).toBeCloseTo(1, 12)
        expect(correlation(x.toReversed(), y.toReversed())).toBeCloseTo(value, 12)
        expect(
          correlation(
            x.map(a => 3 * a + 5),
            y,
          ),
        ).toBeCloseTo(value, 12)
      }),
      { seed: 4 },
    )
  })
})

describe('weightedTau', () => {
  it('is −1 for the reversed order', () => {
    expect(weightedTau([1, 2, 3], [3, 2, 1])).toBe(-1)
  })
})
