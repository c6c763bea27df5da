import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jensenShannon } from '../../src/divergence/index.ts'
import { divergenceTable } from '../../src/retrieval/divergence-table.ts'

const OFFSETS = Uint32Array.of(0, 2, 4)

test('codes of 1 and 0 give the divergences known by hand', () => {
  const table = divergenceTable([1, 0, 0.5, 0.5], OFFSETS, Uint32Array.of(0, 1))
  // Equal in the first feature; one bin against two halves in the second: ½ ln 2 + ¾ ln ⁴⁄₃ − ¼ ln 2 … = .2158.
  expect(table.sum(Uint8Array.of(255, 0, 255, 0), 0)).toBeCloseTo(jensenShannon([1, 0], [0.5, 0.5]), 6)
  expect(table.sum(Uint8Array.of(0, 255, 255, 0), 0) - table.sum(Uint8Array.of(255, 0, 255, 0), 0)).toBeCloseTo(
    Math.LN2,
    6,
  )
})

test('features that the query lacks add nothing; absent features add half of ln 2', () => {
  const table = divergenceTable([1, 0, 0, 0], OFFSETS, Uint32Array.of(0))
  expect(table.sum(Uint8Array.of(9, 255, 0, 255, 0), 1)).toBeCloseTo(0, 6)
  expect([...table.absent].map(sum => Number(sum.toFixed(6)))).toEqual([0.346574, 0])
})

test('a bin adds at most half the squared distance of the roots, and the table says what the formula says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), fc.double({ min: 0, max: 1, noNaN: true }), (code, q) => {
      const added = divergenceTable([q], Uint32Array.of(0, 1), Uint32Array.of(0)).sum(Uint8Array.of(code), 0)
      const p = (code / 255) ** 2
      const part = (x: number) => (x > 0 ? x * Math.log((2 * x) / (p + q)) : 0)
      expect(added).toBeCloseTo(0.5 * (part(p) + part(q)), 6)
      expect(added).toBeLessThanOrEqual(0.5 * (Math.sqrt(p) - Math.sqrt(q)) ** 2 + 4e-7)
    }),
    { numRuns: 1000 },
  )
})
