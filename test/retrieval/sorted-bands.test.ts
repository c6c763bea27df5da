import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bandKey, collectBand, sortBands } from '../../src/retrieval/index.ts'

test('sorted by hand: two bands of three entries', () => {
  const { keys, entries } = sortBands(Uint32Array.of(9, 4, 9, 1, 0xffffffff, 0), 2)
  expect([...keys]).toEqual([4, 9, 9, 0, 1, 0xffffffff])
  expect([...entries]).toEqual([1, 0, 2, 2, 0, 1])
})

test('keys tell tuples, bands and places in a tuple apart', () => {
  const shape = { bands: 2, values: 2 }
  const keys = [Int32Array.of(1, 2, 1, 2), Int32Array.of(2, 1, -1, 2)].flatMap(cells =>
    [0, 1].map(band => bandKey(cells, band, shape)),
  )
  expect(new Set(keys).size).toBe(4)
  expect(keys.every(key => Number.isInteger(key) && key >= 0 && key < 2 ** 32)).toBe(true)
})

test('a look-up finds just the entries that have the key in the band', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.constantFrom(0, 1, 7, 2 ** 31, 2 ** 32 - 1), { minLength: 4, maxLength: 80 }),
      fc.constantFrom(0, 1, 5, 2 ** 31, 2 ** 32 - 1),
      (bands, drawn, key) => {
        const keys = Uint32Array.from(drawn.slice(0, drawn.length - (drawn.length % bands)))
        const sorted = sortBands(keys, bands)
        const count = keys.length / bands
        for (let band = 0; band < bands; band++) {
          const into = new Set<number>()
          collectBand(sorted, bands, { band, key, into })
          const expected = Array.from({ length: count }, (_, e) => e).filter(e => keys[band * count + e] === key)
          expect([...into]).toEqual(expected)
        }
      },
    ),
  )
})
