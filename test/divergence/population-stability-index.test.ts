import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jensenShannon, populationStabilityIndex } from '../../src/divergence/index.ts'
import { arbitraryHistograms } from '../arbitrary-histogram.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/population-stability-index.json' with { type: 'json' }

describe('populationStabilityIndex', () => {
  it('is ¼ ln 3 for (¼, ¾) and (½, ½): −¼ ln ½ + ¼ ln 3/2 = ¼ ln 3', () => {
    expect(populationStabilityIndex([0.25, 0.75], [0.5, 0.5], { smoothing: 0 })).toBeCloseTo(0.25 * Math.log(3), 15)
  })

  it('adds ε to every bin: (1, 0) and (0, 1) with ε = ½ are (¾, ¼) and (¼, ¾), which gives ln 3', () => {
    expect(populationStabilityIndex([1, 0], [0, 1], { smoothing: 0.5 })).toBeCloseTo(Math.log(3), 15)
  })

  it.each(golden.cases)(`is that of the ${golden.peer}, case %#`, ({ p, q, psi }) => {
    expect(Math.abs(populationStabilityIndex(p, q) - psi)).toBeLessThanOrEqual(golden.tolerance)
  })

  it('refuses histograms of other shapes', () => {
    expect(caughtCode(() => populationStabilityIndex([1], [0.5, 0.5]))).toBe('SHAPE')
  })

  it('is symmetric, 0 for equal histograms, and at least four times JS without smoothing', () => {
    fc.assert(
      fc.property(arbitraryHistograms(2), ([p, q]) => {
        expect(populationStabilityIndex(p, q)).toBeCloseTo(populationStabilityIndex(q, p), 12)
        expect(populationStabilityIndex(p, p)).toBe(0)
        expect(populationStabilityIndex(p, q, { smoothing: 0 })).toBeGreaterThanOrEqual(4 * jensenShannon(p, q) - 1e-12)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
