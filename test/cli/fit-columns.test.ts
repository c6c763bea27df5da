import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitColumns, type ColumnNeeds } from '../../src/cli/fit-columns.ts'

const text = (natural: number, change: Partial<ColumnNeeds> = {}): ColumnNeeds => ({
  ...{ natural, title: 5, longestWord: 5, whole: false, spare: false },
  ...change,
})
const number = (natural: number, change: Partial<ColumnNeeds> = {}) => text(natural, { whole: true, ...change })

describe('fitColumns', () => {
  it('leaves columns as they are where there is room, or no limit', () => {
    expect(fitColumns([text(30), number(8)], { gap: 2 })).toEqual({ shown: [0, 1], widths: [30, 8], leftOut: [] })
    expect(fitColumns([text(30), number(8)], { width: 40, gap: 2 }).widths).toEqual([30, 8])
  })

  it('wraps titles first, then the widest texts, then leaves spare columns out from the last', () => {
    const columns = [text(30), number(6, { title: 15, longestWord: 8 }), text(40, { spare: true }), number(9)]
    expect(fitColumns(columns, { width: 100, gap: 2 }).widths).toEqual([30, 15, 40, 9])
    expect(fitColumns(columns, { width: 93, gap: 2 }).widths).toEqual([30, 8, 40, 9])
    expect(fitColumns(columns, { width: 83, gap: 2 }).widths).toEqual([30, 8, 30, 9])
    expect(fitColumns(columns, { width: 79, gap: 2 }).widths).toEqual([28, 8, 28, 9])
    expect(fitColumns(columns, { width: 56, gap: 2 })).toEqual({ shown: [0, 1, 3], widths: [30, 8, 9], leftOut: [2] })
  })

  it('never narrows numbers nor shows more than there are, and is as narrow as can be where nothing fits', () => {
    expect(fitColumns([text(50), number(30)], { width: 10, gap: 2 }).widths).toEqual([20, 30])
    const column = fc.record({
      natural: fc.nat(60),
      title: fc.integer({ min: 1, max: 20 }),
      longestWord: fc.constant(1),
      whole: fc.boolean(),
      spare: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 200 }), (made, width) => {
        const { shown, widths, leftOut } = fitColumns(made, { width, gap: 2 })
        expect([...shown, ...leftOut].sort((a, b) => a - b)).toEqual([...made.keys()])
        shown.forEach((i, at) => {
          if (made[i].whole) expect(widths[at]).toBeGreaterThanOrEqual(made[i].natural)
        })
        const used = widths.reduce((sum, n) => sum + n, 2 * (shown.length - 1))
        if (used > width) expect(shown.every(i => !made[i].spare)).toBe(true)
      }),
      { seed: 1 },
    )
  })
})
