import { describe, expect, it } from 'vitest'
import { xLogX } from '../../src/math/index.ts'

describe('xLogX', () => {
  it('is 0 at 0 and at 1, −1/e at 1/e, and NaN below 0', () => {
    expect(xLogX(0)).toBe(0)
    expect(xLogX(1)).toBe(0)
    expect(xLogX(1 / Math.E)).toBeCloseTo(-1 / Math.E, 15)
    expect(xLogX(2)).toBeCloseTo(2 * Math.LN2, 15)
    expect(xLogX(-1)).toBeNaN()
  })
})
