import { describe, expect, it } from 'vitest'
import { autoThreshold, jensenShannonFloor } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'

describe('autoThreshold', () => {
  it('is 1.65 times the floor below 100 rows', () => {
    const sizes = { bins: 32, sourceRows: 60, targetRows: 80 }
    expect(autoThreshold(sizes)).toBeCloseTo(1.65 * jensenShannonFloor(sizes), 15)
  })

  it('caps each side at 100 rows: 1.65 · 32/8 · 2/100 for 33 bins', () => {
    expect(autoThreshold({ bins: 33, sourceRows: 1e6, targetRows: 100 })).toBeCloseTo(0.132, 15)
    expect(autoThreshold({ bins: 33, sourceRows: 50, targetRows: 1e6 })).toBeCloseTo(1.65 * 4 * 0.03, 15)
  })

  it('refuses what the floor refuses', () => {
    expect(caughtCode(() => autoThreshold({ bins: 0, sourceRows: 1, targetRows: 1 }))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => autoThreshold({ bins: 3, sourceRows: NaN, targetRows: 1 }))).toBe('OUT_OF_RANGE')
  })
})
