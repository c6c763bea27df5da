import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { lloydDescent } from '../../src/math/lloyd-descent.ts'
import { nearestCentroids, type Points } from '../../src/math/nearest-centroids.ts'
import { seedCentroids } from '../../src/math/seed-centroids.ts'

/** Lloyd's algorithm with every distance taken, 25 times at most. */
function plainDescent(points: Points, seeds: Points): Points {
  const { rows, dimensions: d } = points
  let centroids = seeds
  let assigned = new Int32Array(rows).fill(-1)
  for (let iteration = 0; iteration < 25; iteration++) {
    const nearest = new Int32Array(rows)
    nearestCentroids(points, centroids, nearest)
    if (nearest.every((c, row) => c === assigned[row])) break
    assigned = nearest
    const sums = new Float64Array(seeds.rows * d)
    for (let i = 0; i < rows * d; i++) sums[assigned[Math.floor(i / d)] * d + (i % d)] += points.values[i]
    const size = (c: number) => assigned.filter(other => other === c).length
    const means = sums.map((sum, i) => {
      const members = size(Math.floor(i / d))
      return members > 0 ? sum / members : centroids.values[i]
    })
    centroids = { ...seeds, values: means }
  }
  return centroids
}

describe('lloydDescent', () => {
  it('moves two centroids to the middles of two pairs', () => {
    const points = { rows: 4, dimensions: 1, values: Float64Array.of(0, 1, 10, 11) }
    const { centroids, inertia } = lloydDescent(points, { rows: 2, dimensions: 1, values: Float64Array.of(0, 1) })
    expect(Array.from(centroids.values)).toEqual([0.5, 10.5])
    expect(inertia).toBe(1)
  })

  it('leaves a centroid without points where it is', () => {
    const points = { rows: 2, dimensions: 1, values: Float64Array.of(0, 2) }
    const { centroids } = lloydDescent(points, { rows: 2, dimensions: 1, values: Float64Array.of(1, 90) })
    expect(Array.from(centroids.values)).toEqual([1, 90])
  })

  it('ends at the bits of a descent that takes every distance, whatever the scale, with equal points and ties', () => {
    const cloud = fc.record({
      rows: fc.integer({ min: 1, max: 60 }),
      dimensions: fc.integer({ min: 1, max: 9 }),
      k: fc.integer({ min: 1, max: 12 }),
      seed: fc.nat(),
      levels: fc.constantFrom(2, 5, 1000, 0),
      scale: fc.constantFrom(1, 1e-150, 1e6, 1e150),
    })
    fc.assert(
      fc.property(cloud, ({ rows, dimensions, k, seed, levels, scale }) => {
        const random = seededRandom(seed)
        const draw = () => (levels === 0 ? random() : Math.floor(random() * levels) / levels) * scale
        const points = { rows, dimensions, values: Float64Array.from({ length: rows * dimensions }, draw) }
        const seeds = seedCentroids(points, k, random)
        expect(lloydDescent(points, seeds).centroids.values).toEqual(plainDescent(points, seeds).values)
      }),
      { numRuns: 500 },
    )
  })
})
