import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketedOrder } from '../../src/retrieval/bucketed-order.ts'

test('ascending, without what is above the limit', () => {
  expect([...bucketedOrder(Float32Array.of(0.5, 0.1, Infinity, 0.3, 0.7, 0), 0.5)]).toEqual([5, 1, 3, 0])
})

test('a limit of 0 leaves the zeros in their order', () => {
  expect([...bucketedOrder(Float32Array.of(0, 1, 0), 0)]).toEqual([0, 2])
})

test('every value up to the limit once, out of order by no more than a bucket', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: 0, max: 1, noNaN: true })),
      fc.float({ min: 0, max: 1, noNaN: true }),
      (list, most) => {
        const values = Float32Array.from(list)
        const order = bucketedOrder(values, most)
        const kept = [...values.keys()].filter(at => values[at] <= most)
        expect([...order].sort((a, b) => a - b)).toEqual(kept)
        for (let i = 1; i < order.length; i++) {
          expect(values[order[i]]).toBeGreaterThanOrEqual(values[order[i - 1]] - (most / 4096) * 1.001)
        }
      },
    ),
  )
})
