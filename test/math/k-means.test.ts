import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { kMeans } from '../../src/math/k-means.ts'
import { nearestCentroids, type Points } from '../../src/math/nearest-centroids.ts'
import { golden } from '../golden-file.ts'

interface Golden {
  readonly tolerance: number
  readonly cases: readonly { name: string; k: number; points: number[][]; inertia: number }[]
}

const pointsOf = (rows: readonly (readonly number[])[]): Points => ({
  rows: rows.length,
  dimensions: rows[0].length,
  values: Float64Array.from(rows.flat()),
})

function inertia(points: Points, centroids: Points): number {
  const nearest = new Int32Array(points.rows)
  nearestCentroids(points, centroids, nearest)
  return points.values.reduce((sum, value, i) => {
    const [row, d] = [Math.floor(i / points.dimensions), i % points.dimensions]
    return sum + (value - centroids.values[nearest[row] * points.dimensions + d]) ** 2
  }, 0)
}

describe('kMeans', () => {
  it('finds two pairs on a line', () => {
    const centroids = kMeans(pointsOf([[0], [1], [10], [11]]), 2, seededRandom(1))
    expect(Array.from(centroids.values).sort((a, b) => a - b)).toEqual([0.5, 10.5])
  })

  it('gives back fewer clusters than wanted when there are fewer distinct points', () => {
    const centroids = kMeans(
      pointsOf([
        [1, 2],
        [1, 2],
        [3, 4],
      ]),
      5,
      seededRandom(1),
    )
    expect(centroids.rows).toBe(2)
    expect(kMeans(pointsOf([[7]]), 3, seededRandom(1)).values).toEqual(Float64Array.of(7))
  })

  it.each(golden<Golden>('k-means.json').cases)(
    'is as tight as scikit-learn in the middle one of five seeds: $name',
    ({ k, points, inertia: peer }) => {
      const cloud = pointsOf(points)
      const { tolerance } = golden<Golden>('k-means.json')
      const ratios = [0, 1, 2, 3, 4].map(seed => inertia(cloud, kMeans(cloud, k, seededRandom(seed))) / peer)
      expect(ratios.sort((a, b) => a - b)[2]).toBeLessThanOrEqual(1 + tolerance)
      expect(ratios[0]).toBeGreaterThan(0.95)
    },
  )

  it('gives the same bits for the same seed', () => {
    const cloud = pointsOf(golden<Golden>('k-means.json').cases[2].points)
    expect(kMeans(cloud, 4, seededRandom(5))).toEqual(kMeans(cloud, 4, seededRandom(5)))
  })
})
