import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jaccard } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/jaccard.json' with { type: 'json' }

const counts = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 30 })

describe('jaccard', () => {
  it('is Σ min / Σ max: (1, 2, 0) against (2, 1, 1) is 2/5', () => {
    expect(jaccard([1, 2, 0], [2, 1, 1])).toBe(0.4)
    expect(jaccard([1, 0], [0, 1])).toBe(0)
    expect(jaccard([0, 0], [0, 0])).toBe(0)
  })

  it.each(golden.cases)(`is that of the ${golden.peer}, case %#`, ({ a, b, multiset }) => {
    expect(Math.abs(jaccard(a, b) - multiset)).toBeLessThanOrEqual(golden.tolerance)
  })

  it('refuses other shapes and counts below 0', () => {
    expect(caughtCode(() => jaccard([1], [1, 2]))).toBe('SHAPE')
    expect(caughtCode(() => jaccard([1], [-1]))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => jaccard([NaN], [1]))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => jaccard([Infinity], [1]))).toBe('OUT_OF_RANGE')
  })

  it('is 1/k against itself k times over, and is in [0, 1]', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 9 }), (pairs, k) => {
        const a = pairs.map(([x]) => x + 1)
        const b = pairs.map(([, y]) => y)
        expect(
          jaccard(
            a,
            a.map(x => k * x),
          ),
        ).toBeCloseTo(1 / k, 12)
        expect(jaccard(a, b)).toBeLessThanOrEqual(1)
        expect(jaccard(a, b)).toBeGreaterThanOrEqual(0)
      }),
      { seed: 1 },
    )
  })
})
