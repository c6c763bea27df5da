import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jensenShannon, squaredHellinger } from '../../src/divergence/index.ts'
import { arbitraryHistograms } from '../arbitrary-histogram.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/histogram-divergences.json' with { type: 'json' }

describe('jensenShannon', () => {
  it('is ln 2 for disjoint histograms, 0 for equal ones, and ¾ ln(4/3) for (1, 0) against (½, ½)', () => {
    expect(jensenShannon([1, 0], [0, 1])).toBe(Math.LN2)
    expect(jensenShannon([0.2, 0.8], [0.2, 0.8])).toBe(0)
    // ½ ln(1/¾) + ½ [½ ln(½/¾) + ½ ln(½/¼)] = ¾ ln(4/3)
    expect(jensenShannon([1, 0], [0.5, 0.5])).toBeCloseTo(0.75 * Math.log(4 / 3), 15)
  })

  it.each(golden.cases)(`is that of ${golden.peer}: $name`, ({ p, q, js_nats }) => {
    expect(Math.abs(jensenShannon(p, q) - js_nats)).toBeLessThanOrEqual(golden.tolerance)
  })

  it('takes typed arrays of either precision', () => {
    expect(jensenShannon(Float32Array.of(0.5, 0.5), Float64Array.of(0.5, 0.5))).toBe(0)
  })

  it('refuses other shapes, negative or missing probabilities, and sums that are not 1', () => {
    expect(caughtCode(() => jensenShannon([1], [0.5, 0.5]))).toBe('SHAPE')
    expect(caughtCode(() => jensenShannon([], []))).toBe('SHAPE')
    expect(caughtCode(() => jensenShannon([1.5, -0.5], [0.5, 0.5]))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => jensenShannon([0.5, 0.5], [NaN, 1]))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => jensenShannon([0.5, 0.5], [3, 1]))).toBe('OUT_OF_RANGE')
    expect(() => jensenShannon([0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0, 0])).toThrow('q: expected shape (4), got (5)')
  })

  it('lies in [ln 2 · H², H²]', () => {
    fc.assert(
      fc.property(arbitraryHistograms(2), ([p, q]) => {
        const js = jensenShannon(p, q)
        const hellinger = squaredHellinger(p, q)
        expect(js).toBeGreaterThanOrEqual(Math.LN2 * hellinger - 1e-12)
        expect(js).toBeLessThanOrEqual(hellinger + 1e-12)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('is above 0 as soon as a bin differs, and 0 only up to rounding', () => {
    fc.assert(
      fc.property(arbitraryHistograms(2), ([p, q]) => {
        const farthest = Math.max(...p.map((value, b) => Math.abs(value - q[b])))
        // JS ≥ ⅛ (Σ|p − q|)² (Pinsker), and Σ|p − q| ≥ the farthest bin
        expect(jensenShannon(p, q)).toBeGreaterThanOrEqual(farthest ** 2 / 8 - 1e-14)
      }),
      { seed: 2, numRuns: 500 },
    )
  })

  it('never grows when bins are merged (data processing inequality)', () => {
    fc.assert(
      fc.property(arbitraryHistograms(2), fc.integer({ min: 1, max: 7 }), ([p, q], run) => {
        const merged = (values: number[]): number[] => {
          const sums = new Array<number>(Math.ceil(values.length / run)).fill(0)
          values.forEach((value, b) => (sums[Math.floor(b / run)] += value))
          return sums
        }
        expect(jensenShannon(merged(p), merged(q))).toBeLessThanOrEqual(jensenShannon(p, q) + 1e-12)
      }),
      { seed: 3, numRuns: 500 },
    )
  })

  it('has a root that keeps the triangle inequality', () => {
    fc.assert(
      fc.property(arbitraryHistograms(3), ([p, q, r]) => {
        const root = (a: number[], b: number[]): number => Math.sqrt(jensenShannon(a, b))
        expect(root(p, r)).toBeLessThanOrEqual(root(p, q) + root(q, r) + 1e-7)
      }),
      { seed: 4, numRuns: 500 },
    )
  })
})
