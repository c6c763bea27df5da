import { describe, expect, it } from 'vitest'
import { bhattacharyya } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/histogram-divergences.json' with { type: 'json' }

describe('bhattacharyya', () => {
  it('is 0 for disjoint histograms, 1 for equal ones, and √½ for (1, 0) against (½, ½)', () => {
    expect(bhattacharyya([1, 0], [0, 1])).toBe(0)
    expect(bhattacharyya([0.25, 0.75], [0.25, 0.75])).toBe(1)
    expect(bhattacharyya([1, 0], [0.5, 0.5])).toBeCloseTo(Math.SQRT1_2, 15)
  })

  it.each(golden.cases)(`is that of ${golden.peer}: $name`, ({ p, q, bhattacharyya: expected }) => {
    expect(Math.abs(bhattacharyya(p, q) - expected)).toBeLessThanOrEqual(golden.tolerance)
  })

  it('refuses other shapes', () => {
    expect(caughtCode(() => bhattacharyya([1], [0.5, 0.5]))).toBe('SHAPE')
  })
})
