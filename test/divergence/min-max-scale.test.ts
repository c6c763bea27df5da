import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minMaxScale } from '../../src/divergence/index.ts'

describe('minMaxScale', () => {
  it('takes the smallest to 0 and the largest to 1, past missing values', () => {
    expect([...minMaxScale([2, NaN, 4, 3])]).toEqual([0, NaN, 1, 0.5])
  })

  it('takes equal values to 0, and nothing to nothing', () => {
    expect([...minMaxScale([7, 7])]).toEqual([0, 0])
    expect([...minMaxScale([NaN, NaN])]).toEqual([NaN, NaN])
    expect(minMaxScale([])).toHaveLength(0)
  })

  it('stays in [0, 1] and keeps the order', () => {
    const number = fc.double({ min: -1e9, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 50 }), values => {
        const scaled = minMaxScale(values.toSorted((a, b) => a - b))
        scaled.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(i === 0 ? 0 : scaled[i - 1])
          expect(value).toBeLessThanOrEqual(1)
        })
      }),
      { seed: 1 },
    )
  })
})
