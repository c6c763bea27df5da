import { expect, test } from 'vitest'
import { placesWhere } from '../../src/math/places-where.ts'

test('the places that fulfil a condition, ascending', () => {
  expect([...placesWhere(7, place => place % 3 === 0)]).toEqual([0, 3, 6])
  expect([...placesWhere(3, () => true)]).toEqual([0, 1, 2])
  expect(placesWhere(5, () => false)).toHaveLength(0)
  expect(placesWhere(0, () => true)).toHaveLength(0)
})
