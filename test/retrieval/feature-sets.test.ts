import { expect, test } from 'vitest'
import { FeatureSets } from '../../src/retrieval/feature-sets.ts'

test('each set has one number; what a query shares and what the sets lack of it', () => {
  const sets = new FeatureSets()
  const first = sets.numberOf(Uint32Array.of(0, 2))
  expect(sets.numberOf(Uint32Array.of(1))).not.toBe(first)
  expect(sets.numberOf(Uint32Array.of(0, 2))).toBe(first)
  expect(sets.all.map(set => [...set])).toEqual([[0, 2], [1]])
  expect([...sets.sharedWith(Uint32Array.of(1, 2))]).toEqual([1, 1])
  expect([...sets.lackingOf(Uint32Array.of(1, 2), Float64Array.of(9, 0.25, 0.5))]).toEqual([0.25, 0.5])
})
