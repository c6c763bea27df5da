import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { POOLED_BINS, pooledHistogram } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'

describe('pooledHistogram', () => {
  it('puts an edge into the bin it opens, and 1 into the last', () => {
    expect([...pooledHistogram([0, 0.25, 0.5, 1], { bins: 4 })]).toEqual([0.25, 0.25, 0.25, 0.25])
    expect([...pooledHistogram([0.75, 1, 0.9, 0.1], { bins: 2 })]).toEqual([0.25, 0.75])
  })

  it('does not count missing values, and is all 0 without any', () => {
    expect([...pooledHistogram([NaN, 0.1, 0.9, NaN], { bins: 2 })]).toEqual([0.5, 0.5])
    expect([...pooledHistogram([NaN], { bins: 2 })]).toEqual([0, 0])
  })

  it('has 100 bins unless told otherwise', () => {
    expect(POOLED_BINS).toBe(100)
    expect(pooledHistogram([0.3])).toHaveLength(100)
  })

  it('decides by the edge k / B as computed, where value times bins would round across it', () => {
    for (let k = 0; k < 100; k++) {
      const edge = k * 0.01
      expect(pooledHistogram([edge])[k], `edge ${k}`).toBe(1)
      if (k > 0) expect(pooledHistogram([edge * (1 - 2 ** -53)])[k - 1], `below edge ${k}`).toBe(1)
    }
  })

  it('refuses values outside [0, 1] and no bins', () => {
    for (const value of [-0.01, 1.01, Infinity]) {
      expect(caughtCode(() => pooledHistogram([value]))).toBe('OUT_OF_RANGE')
    }
    expect(caughtCode(() => pooledHistogram([0.5], { bins: 0 }))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => pooledHistogram([0.5], { bins: 2.5 }))).toBe('OUT_OF_RANGE')
  })

  it('sums to 1, whatever the order', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(values, list => {
        const histogram = pooledHistogram(list)
        expect(histogram.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
        expect(pooledHistogram(list.toReversed())).toEqual(histogram)
      }),
      { seed: 1 },
    )
  })
})
