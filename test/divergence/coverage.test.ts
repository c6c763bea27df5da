import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaptivity, coverage } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'

// 2 source partitions (rows) × 3 target partitions
const JS = Float64Array.of(0.1, 0.5, 0.2, 0.3, 0.1, 0.6)
const ROWS = Float64Array.of(100, 100, 50)

describe('coverage', () => {
  it('is the share of rows in target partitions with a match, the threshold itself included', () => {
    expect(coverage(JS, ROWS, 0.05)).toBe(0)
    expect(coverage(JS, ROWS, 0.1)).toBeCloseTo(0.8, 15)
    expect(coverage(JS, ROWS, 0.2)).toBeCloseTo(1, 15)
  })

  it('counts a target partition once, however many sources match it', () => {
    expect(coverage(JS, ROWS, Math.LN2)).toBeCloseTo(1, 15)
    expect(adaptivity(JS, 3, Math.LN2)).toBe(2)
  })

  it('is 0 without source partitions, and a NaN is no match', () => {
    expect(coverage(new Float64Array(0), ROWS, 1)).toBe(0)
    expect(coverage(Float64Array.of(NaN, NaN, 0), ROWS, 1)).toBeCloseTo(0.2, 15)
  })

  it('refuses matrices, weights and thresholds that make no sense', () => {
    expect(caughtCode(() => coverage(JS, new Float64Array(0), 0.1))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => coverage(JS, Float64Array.of(1, 1, 1, 1), 0.1))).toBe('SHAPE')
    expect(caughtCode(() => coverage(JS, ROWS, -1))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => coverage(JS, Float64Array.of(1, -1, 1), 0.1))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => coverage(JS, Float64Array.of(1, NaN, 1), 0.1))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => coverage(JS, Float64Array.of(1, Infinity, 1), 0.1))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => coverage(JS, new Float64Array(3), 0.1))).toBe('OUT_OF_RANGE')
  })

  it('is in [0, 1], at most adaptivity for equal weights, and blind to the scale of the weights', () => {
    const js = fc.double({ min: 0, max: 0.69, noNaN: true })
    const matrix = fc.array(fc.array(js, { minLength: 4, maxLength: 4 }), { maxLength: 5 })
    const weights = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(matrix, weights, js, (rows, w, t) => {
        const pairs = Float64Array.from(rows.flat())
        const share = coverage(pairs, Float64Array.from(w), t)
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
        const scaled = Float64Array.from(w, weight => weight * 8)
        expect(coverage(pairs, scaled, t)).toBeCloseTo(share, 12)
        expect(coverage(pairs, new Float64Array(4).fill(1), t)).toBeLessThanOrEqual(adaptivity(pairs, 4, t))
      }),
      { seed: 1 },
    )
  })
})
