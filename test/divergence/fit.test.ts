import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fit, softCoverage, withMissingFeatures } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'

const PERFECT = { softCoverage: 1, wholeJs: 0, shared: 4, targetFeatures: 4 }

describe('fit', () => {
  it('is the mean of soft coverage and 1 − JS(whole) / ln 2', () => {
    expect(fit({ ...PERFECT, softCoverage: 0.5, wholeJs: Math.LN2 / 4 })).toBeCloseTo((0.5 + 0.75) / 2, 15)
    expect(fit(PERFECT)).toBe(1)
    expect(fit({ ...PERFECT, softCoverage: 0, wholeJs: Math.LN2 })).toBe(0)
  })

  it('counts features that the model lacks as ln 2: one perfect feature of 81 scores 1/81', () => {
    expect(fit({ ...PERFECT, shared: 1, targetFeatures: 81 })).toBeCloseTo(1 / 81, 15)
    expect(fit({ ...PERFECT, shared: 0 })).toBe(0)
  })

  it('refuses numbers outside their range', () => {
    expect(caughtCode(() => fit({ ...PERFECT, softCoverage: 1.1 }))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => fit({ ...PERFECT, softCoverage: NaN }))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => fit({ ...PERFECT, wholeJs: 0.7 }))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => fit({ ...PERFECT, shared: 5 }))).toBe('OUT_OF_RANGE')
  })

  it('is what comes of extending every divergence of the matrix first', () => {
    const js = fc.array(fc.double({ min: 0, max: Math.LN2, noNaN: true }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(js, fc.double({ min: 0, max: Math.LN2, noNaN: true }), fc.integer({ min: 1, max: 9 }), (m, w, s) => {
        const weights = Float64Array.of(5, 3, 2)
        const extended = Float64Array.from(m, value => withMissingFeatures(value, s, 9))
        const soft = softCoverage(Float64Array.from(m), weights)
        const expected = (softCoverage(extended, weights) + 1 - withMissingFeatures(w, s, 9) / Math.LN2) / 2
        const score = fit({ softCoverage: soft, wholeJs: w, shared: s, targetFeatures: 9 })
        expect(score).toBeCloseTo(expected, 12)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
      }),
      { seed: 1 },
    )
  })
})
