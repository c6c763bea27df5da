import { expect, test } from 'vitest'
import { NearestFound } from '../../src/retrieval/nearest-found.ts'

test('keeps the nearest and what ties with the last of them', () => {
  const found = new NearestFound(2)
  expect(found.threshold).toBe(Infinity)
  for (const [key, value] of [
    [1, 0.5],
    [2, 0.3],
    [3, 0.3],
    [4, 0.9],
    [5, 0.1],
    [6, 0.3],
  ])
    found.add({ key, value })
  expect(found.threshold).toBe(0.3)
  expect(found.all.map(({ key }) => key)).toEqual([5, 2, 3, 6])
})
