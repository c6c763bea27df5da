import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bhattacharyya, squaredHellinger } from '../../src/divergence/index.ts'
import { arbitraryHistograms } from '../arbitrary-histogram.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/histogram-divergences.json' with { type: 'json' }

describe('squaredHellinger', () => {
  it('is 1 for disjoint histograms, exactly 0 for equal ones, and 1 − √½ for (1, 0) against (½, ½)', () => {
    expect(squaredHellinger([1, 0], [0, 1])).toBe(1)
    expect(squaredHellinger([0.1, 0.2, 0.7], [0.1, 0.2, 0.7])).toBe(0)
    expect(squaredHellinger([1, 0], [0.5, 0.5])).toBeCloseTo(1 - Math.SQRT1_2, 15)
  })

  it.each(golden.cases)(`is that of ${golden.peer}: $name`, ({ p, q, squared_hellinger }) => {
    expect(Math.abs(squaredHellinger(p, q) - squared_hellinger)).toBeLessThanOrEqual(golden.tolerance)
  })

  it('refuses other shapes', () => {
    expect(caughtCode(() => squaredHellinger([1], [0.5, 0.5]))).toBe('SHAPE')
  })

  it('is 1 − BC, and H keeps the triangle inequality', () => {
    fc.assert(
      fc.property(arbitraryHistograms(3), ([p, q, r]) => {
        expect(squaredHellinger(p, q)).toBeCloseTo(1 - bhattacharyya(p, q), 12)
        const root = (a: number[], b: number[]): number => Math.sqrt(squaredHellinger(a, b))
        expect(root(p, r)).toBeLessThanOrEqual(root(p, q) + root(q, r) + 1e-12)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
