import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaptivity } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'

// 3 source partitions (rows) × 2 target partitions
const JS = Float64Array.of(0.1, 0.5, 0.2, 0.3, 0.1, 0.6)

describe('adaptivity', () => {
  it('is matches per target partition, the threshold itself included', () => {
    expect(adaptivity(JS, 2, 0.05)).toBe(0)
    expect(adaptivity(JS, 2, 0.1)).toBe(1)
    expect(adaptivity(JS, 2, 0.3)).toBe(2)
  })

  it('is not bounded by 1: it reaches the number of source partitions', () => {
    expect(adaptivity(JS, 2, Math.LN2)).toBe(3)
  })

  it('is not symmetric: the same matches are divided by the other number of partitions', () => {
    const exchanged = Float64Array.of(0.1, 0.2, 0.1, 0.5, 0.3, 0.6)
    expect(adaptivity(exchanged, 3, 0.3)).toBe(4 / 3)
    expect(adaptivity(JS, 2, 0.3)).toBe(2)
  })

  it('is 0 without source partitions, and a NaN is no match', () => {
    expect(adaptivity(new Float64Array(0), 2, 1)).toBe(0)
    expect(adaptivity(Float64Array.of(NaN, 0.1), 2, 1)).toBe(0.5)
  })

  it('refuses no target partition, a matrix that is not whole, and a threshold below 0', () => {
    expect(caughtCode(() => adaptivity(JS, 0, 0.1))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => adaptivity(JS, 1.5, 0.1))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => adaptivity(JS, 4, 0.1))).toBe('SHAPE')
    expect(caughtCode(() => adaptivity(JS, 2, -0.1))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => adaptivity(JS, 2, NaN))).toBe('OUT_OF_RANGE')
  })

  it('never falls as the threshold rises, and stays in [0, n_s]', () => {
    const threshold = fc.double({ min: 0, max: 0.7, noNaN: true })
    const matrix = fc.array(fc.array(threshold, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(matrix, threshold, threshold, (rows, t, u) => {
        const js = Float64Array.from(rows.flat())
        const [low, high] = [adaptivity(js, 3, Math.min(t, u)), adaptivity(js, 3, Math.max(t, u))]
        expect(low).toBeLessThanOrEqual(high)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(rows.length)
      }),
      { seed: 1 },
    )
  })
})
