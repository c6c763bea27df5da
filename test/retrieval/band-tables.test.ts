import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BandTables } from '../../src/retrieval/band-tables.ts'
import { caughtCode } from '../caught-code.ts'

const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)

describe('BandTables', () => {
  it('is worked by hand: two bands of two values, the fifth value only stored', () => {
    const tables = new BandTables({ bands: 2, values: 2 }, 5)
    const first = tables.insert(Int32Array.of(1, 2, 3, 4, 9))
    const second = tables.insert(Int32Array.of(1, 2, 7, 7, 9))
    tables.insert(Int32Array.of(2, 1, 4, 3, 9))
    expect(sorted(tables.candidates(Int32Array.of(1, 2, 0, 0, 0)))).toEqual([first, second])
    expect(tables.candidates(Int32Array.of(0, 0, 3, 4, 0))).toEqual([first])
    expect(tables.candidates(Int32Array.of(0, 0, 3, 4, 0), 1)).toEqual([])
    expect(tables.agreement(second, Int32Array.of(1, 0, 7, 0, 9))).toBe(0.6)
  })

  it('compares tuples, not their sums nor their order', () => {
    const tables = new BandTables({ bands: 1, values: 3 }, 3)
    tables.insert(Int32Array.of(1, 2, 3))
    for (const other of [
      [3, 2, 1],
      [2, 2, 2],
      [0, 3, 3],
    ]) {
      expect(tables.candidates(Int32Array.from(other))).toEqual([])
    }
  })

  it('takes unsigned numbers for the signed ones of the same bits', () => {
    const tables = new BandTables({ bands: 1, values: 1 }, 1)
    tables.insert(Uint32Array.of(0xffff_fffe))
    expect(tables.candidates(Int32Array.of(-2))).toEqual([0])
    expect(tables.candidates(Uint32Array.of(0xffff_fffe))).toEqual([0])
  })

  it('holds what a plain list holds, through insertions and removals', () => {
    const signature = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 6, maxLength: 6 })
    const step = fc.oneof({ weight: 3, arbitrary: signature }, { weight: 2, arbitrary: fc.nat({ max: 400 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), signature, (steps, query) => {
        const tables = new BandTables({ bands: 3, values: 2 }, 6)
        const list = new Map<number, number[]>()
        for (const one of steps) {
          if (typeof one !== 'number') list.set(tables.insert(Int32Array.from(one)), one)
          else if (list.size > 0) {
            const ordinal = [...list.keys()][one % list.size]
            tables.remove(ordinal)
            list.delete(ordinal)
          }
        }
        const agrees = (one: number[]) => [0, 2, 4].some(at => one[at] === query[at] && one[at + 1] === query[at + 1])
        const expected = [...list].filter(([, one]) => agrees(one)).map(([ordinal]) => ordinal)
        expect(sorted(tables.candidates(Int32Array.from(query)))).toEqual(sorted(expected))
        expect(tables.size).toBe(list.size)
      }),
    )
  })

  it('stays the same when much is inserted and removed', () => {
    const tables = new BandTables({ bands: 1, values: 1 }, 1)
    for (let i = 0; i < 5000; i++) tables.remove(tables.insert(Int32Array.of(i)))
    const kept = tables.insert(Int32Array.of(-1))
    expect([tables.size, kept]).toEqual([1, 0])
    expect(tables.candidates(Int32Array.of(-1))).toEqual([0])
    expect(tables.candidates(Int32Array.of(4999))).toEqual([])
  })

  it('refuses bands that do not fit and signatures of another length', () => {
    expect(caughtCode(() => new BandTables({ bands: 3, values: 3 }, 8))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => new BandTables({ bands: 0, values: 3 }, 8))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => new BandTables({ bands: 1, values: 1 }, 2).insert(Int32Array.of(1)))).toBe('SHAPE')
  })
})
