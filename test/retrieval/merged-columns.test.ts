import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jensenShannon } from '../../src/divergence/index.ts'
import { mergedColumns, mergeValues } from '../../src/retrieval/merged-columns.ts'
import { arbitraryHistogram } from '../arbitrary-histogram.ts'

test('neighbouring bins are merged into groups of about one size, feature by feature', () => {
  const merged = mergedColumns(Uint32Array.of(0, 5, 6, 10), 2)
  expect([...merged.offsets]).toEqual([0, 2, 3, 5])
  expect([...merged.mergedOf]).toEqual([0, 0, 0, 1, 1, 2, 3, 3, 4, 4])
  expect([...mergeValues([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], merged)]).toEqual([6, 9, 6, 15, 19])
})

test('features of few bins stay as they are', () => {
  expect([...mergedColumns(Uint32Array.of(0, 3), 8).mergedOf]).toEqual([0, 1, 2])
})

test('merging never raises a divergence', () => {
  const pair = fc
    .integer({ min: 1, max: 30 })
    .chain(bins => fc.tuple(arbitraryHistogram(bins), arbitraryHistogram(bins), fc.integer({ min: 1, max: 12 })))
  fc.assert(
    fc.property(pair, ([p, q, most]) => {
      const merged = mergedColumns(Uint32Array.of(0, p.length), most)
      const coarse = jensenShannon(mergeValues(p, merged), mergeValues(q, merged))
      expect(coarse).toBeLessThanOrEqual(jensenShannon(p, q) + 1e-12)
    }),
  )
})
