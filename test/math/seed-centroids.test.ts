import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { seedCentroids } from '../../src/math/seed-centroids.ts'

describe('seedCentroids', () => {
  it('draws points in proportion to the squared distance to the seeds there are', () => {
    const points = { rows: 3, dimensions: 1, values: Float64Array.of(0, 1, 3) }
    const draws = [0, 0.05, 0.5]
    // the first is 0; then the weights are 0, 1 and 9: of a total of 10, the share .05 falls to the point 1
    expect(Array.from(seedCentroids(points, 2, () => draws.shift()!).values)).toEqual([0, 1])
    const others = [0, 0.15]
    expect(Array.from(seedCentroids(points, 2, () => others.shift()!).values)).toEqual([0, 3])
  })

  it('takes every distinct point, once, when more are wanted than there are', () => {
    const values = Float64Array.from({ length: 40 * 50 }, (_, i) => Math.floor(i / 50) % 4)
    const seeds = seedCentroids({ rows: 40, dimensions: 50, values }, 9, seededRandom(3))
    expect(seeds.rows).toBe(4)
    expect([0, 1, 2, 3].map(c => seeds.values[c * 50]).sort()).toEqual([0, 1, 2, 3])
  })
})
