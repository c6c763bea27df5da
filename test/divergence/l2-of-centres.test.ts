import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { l2OfCentres } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'

const number = fc.double({ min: -1e3, max: 1e3, noNaN: true })

describe('l2OfCentres', () => {
  it('is 5 from (0, 0) to (3, 4), 0 at home, NaN with a NaN', () => {
    expect(l2OfCentres([0, 0], [3, 4])).toBe(5)
    expect(l2OfCentres([0.1], [0.1])).toBe(0)
    expect(l2OfCentres([0, NaN], [3, 4])).toBeNaN()
  })

  it('refuses other shapes', () => {
    expect(caughtCode(() => l2OfCentres([1], [1, 2]))).toBe('SHAPE')
    expect(caughtCode(() => l2OfCentres([], []))).toBe('SHAPE')
  })

  it('does not change when both centres move, and grows in step with the scale', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 9 }), number, (pairs, shift) => {
        const a = pairs.map(([x]) => x)
        const b = pairs.map(([, y]) => y)
        const moved = (values: number[]): number[] => values.map(x => 2 * x + shift)
        expect(l2OfCentres(moved(a), moved(b))).toBeCloseTo(2 * l2OfCentres(a, b), 8)
      }),
      { seed: 1 },
    )
  })
})
