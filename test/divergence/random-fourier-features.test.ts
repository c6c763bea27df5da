import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fourierMean, randomFourierFeatures } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'

const OPTIONS = { features: 3, directions: 5, bandwidth: 2, seed: 9 }

describe('fourierMean', () => {
  it('is (1/√D) [cos ω·x, sin ω·x], averaged over the rows, worked by hand', () => {
    const map = { features: 2, frequencies: Float64Array.of(1, 0, 0, 1) }
    const mean = fourierMean(map)
    mean.add([Math.PI / 2, 0])
    mean.add([0, Math.PI])
    const expected = [0.5, 0.5, 0, 0].map(value => value / Math.SQRT2)
    mean.mean().forEach((value, k) => expect(value).toBeCloseTo(expected[k], 15))
  })

  it('is NaN before the first row', () => {
    expect([...fourierMean(randomFourierFeatures(OPTIONS)).mean()].every(Number.isNaN)).toBe(true)
  })

  it('refuses a row of another length', () => {
    const mean = fourierMean(randomFourierFeatures(OPTIONS))
    expect(() => mean.add([1, 2])).toThrow('row: expected shape (3), got (2)')
  })
})

describe('randomFourierFeatures', () => {
  it('gives the same map for the same seed only', () => {
    expect(randomFourierFeatures(OPTIONS)).toEqual(randomFourierFeatures(OPTIONS))
    expect(randomFourierFeatures({ ...OPTIONS, seed: 10 })).not.toEqual(randomFourierFeatures(OPTIONS))
  })

  it('divides the directions by the bandwidth', () => {
    const wide = randomFourierFeatures({ ...OPTIONS, bandwidth: 4 }).frequencies
    expect(wide).toEqual(randomFourierFeatures(OPTIONS).frequencies.map(frequency => frequency / 2))
  })

  it.each([
    { features: 0 },
    { features: 1.5 },
    { directions: 0 },
    { directions: NaN },
    { bandwidth: 0 },
    { bandwidth: -1 },
    { bandwidth: Infinity },
  ])('refuses %o', wrong => {
    expect(caughtCode(() => randomFourierFeatures({ ...OPTIONS, ...wrong }))).toBe('OUT_OF_RANGE')
  })

  it('estimates the RBF kernel by inner products, and gives exactly 1 at distance 0', () => {
    const map = randomFourierFeatures({ features: 2, directions: 3000, bandwidth: 1.5, seed: 3 })
    const z = (row: number[]): Float64Array => {
      const mean = fourierMean(map)
      mean.add(row)
      return mean.mean()
    }
    const inner = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, k) => sum + value * b[k], 0)
    const coordinate = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate), fc.tuple(coordinate, coordinate), (x, y) => {
        const squared = (x[0] - y[0]) ** 2 + (x[1] - y[1]) ** 2
        // 5 standard errors; that of one direction is at most √½
        expect(Math.abs(inner(z(x), z(y)) - Math.exp(-squared / 4.5))).toBeLessThan(5 * Math.sqrt(0.5 / 3000))
        expect(inner(z(x), z(x))).toBeCloseTo(1, 12)
      }),
      { seed: 1, numRuns: 50 },
    )
  })
})
