import { describe, expect, it } from 'vitest'
import { sizeAdvantages } from '../../src/search/size-advantages.ts'

describe('sizeAdvantages', () => {
  it('by hand: one and a half floors of 32 bins, against the candidate of fewest rows', () => {
    // 3/2 · 31/8 · (1/200 − 1/m)
    const found = sizeAdvantages({ rows: Uint32Array.of(200, 400, 31_000), binsBeyondOne: 31 })
    expect(found[0]).toBe(0)
    expect(found[1]).toBeCloseTo(0.01453125, 7)
    expect(found[2]).toBeCloseTo(0.028875, 7)
  })

  it('leaves out candidates that do not count, and those without rows', () => {
    const rows = Uint32Array.of(0, 10, 200, 400)
    const found = sizeAdvantages({ rows, allowed: Uint8Array.of(1, 0, 1, 1), binsBeyondOne: 8 })
    expect([...found.subarray(0, 3)]).toEqual([0, 0, 0])
    expect(found[3]).toBeCloseTo(1.5 * (1 / 200 - 1 / 400), 8)
    expect([...sizeAdvantages({ rows: Uint32Array.of(0), binsBeyondOne: 8 })]).toEqual([0])
  })
})
