import { describe, expect, it } from 'vitest'
import { withMissingFeatures } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'

describe('withMissingFeatures', () => {
  it('lets one perfect feature of 81 lose: 80/81 ln 2', () => {
    expect(withMissingFeatures(0, 1, 81)).toBeCloseTo((80 / 81) * Math.LN2, 15)
  })

  it('changes nothing when all are shared, and is ln 2 when none is, whatever js', () => {
    expect(withMissingFeatures(0.25, 4, 4)).toBe(0.25)
    expect(withMissingFeatures(NaN, 0, 4)).toBe(Math.LN2)
  })

  it.each([
    [1, 0],
    [1, 1.5],
    [2, 1],
    [-1, 3],
    [0.5, 3],
    [NaN, 3],
  ])('refuses %d shared of %d', (shared, targetFeatures) => {
    expect(caughtCode(() => withMissingFeatures(0.1, shared, targetFeatures))).toBe('OUT_OF_RANGE')
  })
})
