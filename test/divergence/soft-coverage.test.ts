import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverage, softCoverage } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'

const LN2 = Math.LN2

describe('softCoverage', () => {
  it('is 1 − Σ w min JS / ln 2, worked by hand', () => {
    // nearest: ln2/4 for the first target partition (three quarters of the rows), ln2/2 for the second
    const js = Float64Array.of(LN2 / 4, LN2, LN2 / 3, LN2 / 2)
    expect(softCoverage(js, Float64Array.of(75, 25))).toBeCloseTo(1 - (0.75 / 4 + 0.25 / 2), 15)
  })

  it('is 1 when every part is met exactly and 0 when none is met at all, or there is no source', () => {
    expect(softCoverage(Float64Array.of(0, LN2, LN2, 0), Float64Array.of(3, 4))).toBe(1)
    expect(softCoverage(Float64Array.of(LN2, LN2), Float64Array.of(3, 4))).toBeCloseTo(0, 15)
    expect(softCoverage(new Float64Array(0), Float64Array.of(3, 4))).toBeCloseTo(0, 15)
  })

  it('passes over a NaN', () => {
    expect(softCoverage(Float64Array.of(NaN, 0), Float64Array.of(1))).toBe(1)
    expect(softCoverage(Float64Array.of(NaN), Float64Array.of(1))).toBe(0)
  })

  it('refuses matrices and weights that make no sense', () => {
    expect(caughtCode(() => softCoverage(Float64Array.of(1), new Float64Array(0)))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => softCoverage(Float64Array.of(1), Float64Array.of(1, 1)))).toBe('SHAPE')
    expect(caughtCode(() => softCoverage(Float64Array.of(1), Float64Array.of(0)))).toBe('OUT_OF_RANGE')
  })

  it('is in [0, 1], grows with more sources, and is at least coverage at t times 1 − t / ln 2', () => {
    const js = fc.double({ min: 0, max: LN2, noNaN: true })
    const matrix = fc.array(fc.array(js, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 })
    const weights = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(matrix, weights, js, (rows, w, t) => {
        const pairs = Float64Array.from(rows.flat())
        const targetWeights = Float64Array.from(w)
        const soft = softCoverage(pairs, targetWeights)
        expect(soft).toBeGreaterThanOrEqual(0)
        expect(soft).toBeLessThanOrEqual(1)
        expect(soft).toBeGreaterThanOrEqual(softCoverage(pairs.subarray(3), targetWeights) - 1e-12)
        expect(soft).toBeGreaterThanOrEqual(coverage(pairs, targetWeights, t) * (1 - t / LN2) - 1e-12)
      }),
      { seed: 1 },
    )
  })
})
