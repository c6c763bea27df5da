import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestCentroids, type Points } from '../../src/math/nearest-centroids.ts'

const pointsOf = (rows: readonly (readonly number[])[]): Points => ({
  rows: rows.length,
  dimensions: rows[0].length,
  values: Float64Array.from(rows.flat()),
})

describe('nearestCentroids', () => {
  it('goes to the lower index of two equally near', () => {
    const nearest = new Int32Array(1)
    nearestCentroids(
      pointsOf([[0, 0]]),
      pointsOf([
        [3, 3],
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ]),
      nearest,
    )
    expect(nearest[0]).toBe(1)
  })

  it('agrees with the distances taken one by one', () => {
    const point = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 9 }),
        fc.array(point, { minLength: 1, maxLength: 9 }),
        (rows, centres) => {
          const nearest = new Int32Array(rows.length)
          nearestCentroids(pointsOf(rows), pointsOf(centres), nearest)
          const distance = (row: number[], centre: number[]) => row.reduce((sum, x, i) => sum + (x - centre[i]) ** 2, 0)
          rows.forEach((row, r) => {
            const distances = centres.map(centre => distance(row, centre))
            expect(nearest[r]).toBe(distances.indexOf(Math.min(...distances)))
          })
        },
      ),
    )
  })
})
