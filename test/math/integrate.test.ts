import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { integrate } from '../../src/math/index.ts'

describe('integrate', () => {
  it('is exact for a polynomial of degree 31 on one panel', () => {
    expect(integrate(x => x ** 31, [0, 1], 1)).toBeCloseTo(1 / 32, 15)
    expect(integrate(x => x ** 30, [-1, 1], 1)).toBeCloseTo(2 / 31, 14)
  })

  it('gives known integrals', () => {
    expect(integrate(Math.sin, [0, Math.PI])).toBeCloseTo(2, 13)
    expect(integrate(x => 1 / x, [1, Math.E])).toBeCloseTo(1, 13)
    expect(integrate(x => x, [2, 2])).toBe(0)
  })

  it('adds up over neighbouring ranges', () => {
    const place = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        const whole = integrate(Math.exp, [a, c])
        expect(integrate(Math.exp, [a, b]) + integrate(Math.exp, [b, c])).toBeCloseTo(whole, 10)
      }),
    )
  })
})
