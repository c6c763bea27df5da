import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LARGEST_BATCH, nextBatch } from '../../src/inference/next-batch.ts'

const GB = 1e9

describe('nextBatch', () => {
  it('grows by four to 256 where memory is plenty', () => {
    const memory = { baseBytes: GB / 10, heldBytes: GB / 10, limitBytes: 4 * GB }
    expect([16, 64, 256].map(rows => nextBatch({ rows, ...memory }))).toEqual([64, 256, 256])
  })

  it('stops where three quarters of the limit are reached, by hand', () => {
    // 16 rows took 320 MB: 20 MB a row. 3 GB less 0.5 GB hold 125 rows.
    const memory = { baseBytes: 0.5 * GB, heldBytes: 0.82 * GB, limitBytes: 4 * GB }
    expect(nextBatch({ rows: 16, ...memory })).toBe(64)
    expect(nextBatch({ rows: 64, ...memory, heldBytes: 0.5 * GB + 64 * 0.02 * GB })).toBe(125)
  })

  it('never shrinks, never passes 256, and grows by four at most', () => {
    const bytes = fc.integer({ min: 0, max: 8 * GB })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LARGEST_BATCH }), bytes, bytes, bytes, (rows, base, growth, limitBytes) => {
        const next = nextBatch({ rows, baseBytes: base, heldBytes: base + growth, limitBytes })
        expect(next).toBeGreaterThanOrEqual(rows)
        expect(next).toBeLessThanOrEqual(Math.min(LARGEST_BATCH, 4 * rows))
      }),
    )
  })
})
