import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SMOOTHING, jensenShannon, kullbackLeibler } from '../../src/divergence/index.ts'
import { arbitraryHistograms } from '../arbitrary-histogram.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/histogram-divergences.json' with { type: 'json' }

const NONE = { smoothing: 0 }

describe('kullbackLeibler', () => {
  it('is ln 2 for (1, 0) from (½, ½) and infinite the other way round, without smoothing', () => {
    expect(kullbackLeibler([1, 0], [0.5, 0.5], NONE)).toBeCloseTo(Math.LN2, 15)
    expect(kullbackLeibler([0.5, 0.5], [1, 0], NONE)).toBe(Infinity)
  })

  it('adds ε to every bin and normalises: (1, 0) from (0, 1) with ε = ½ is ½ ln 3', () => {
    // (3/4, 1/4) from (1/4, 3/4)
    expect(kullbackLeibler([1, 0], [0, 1], { smoothing: 0.5 })).toBeCloseTo(0.5 * Math.log(3), 15)
  })

  it('smooths by 1e-4 unless told otherwise', () => {
    expect(DEFAULT_SMOOTHING).toBe(1e-4)
    expect(kullbackLeibler([1, 0], [0, 1])).toBe(kullbackLeibler([1, 0], [0, 1], { smoothing: 1e-4 }))
  })

  it.each(golden.cases)(`is that of ${golden.peer}: $name`, ({ p, q, kl_p_q, kl_p_q_smoothed }) => {
    const exact = kullbackLeibler(p, q, NONE)
    if (kl_p_q === null) expect(exact).toBe(Infinity)
    else expect(Math.abs(exact - kl_p_q)).toBeLessThanOrEqual(golden.tolerance)
    const smoothed = kullbackLeibler(p, q, { smoothing: golden.smoothing })
    expect(Math.abs(smoothed - kl_p_q_smoothed)).toBeLessThanOrEqual(golden.tolerance)
  })

  it('refuses other shapes and a negative or missing smoothing', () => {
    expect(caughtCode(() => kullbackLeibler([1], [0.5, 0.5]))).toBe('SHAPE')
    expect(caughtCode(() => kullbackLeibler([1], [1], { smoothing: -1 }))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => kullbackLeibler([1], [1], { smoothing: NaN }))).toBe('OUT_OF_RANGE')
  })

  it('is at least 0, within its bound, and a quarter of its two directions lies above JS', () => {
    fc.assert(
      fc.property(arbitraryHistograms(2), ([p, q]) => {
        const forth = kullbackLeibler(p, q)
        expect(forth).toBeGreaterThanOrEqual(0)
        expect(forth).toBeLessThanOrEqual(Math.log((1 + 1e-4 * p.length) / 1e-4))
        const mean = (kullbackLeibler(p, q, NONE) + kullbackLeibler(q, p, NONE)) / 4
        expect(mean).toBeGreaterThanOrEqual(jensenShannon(p, q) - 1e-12)
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})
