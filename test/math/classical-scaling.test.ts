import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classicalScaling } from '../../src/math/classical-scaling.ts'
import { golden } from '../golden-file.ts'

interface Case {
  readonly name: string
  readonly size: number
  readonly dimensions: number
  readonly distances: readonly number[]
  readonly points: readonly number[]
  readonly share: number
}

const { cases, tolerance } = golden<{ cases: Case[]; tolerance: number }>('classical-scaling.json')

function distancesOf(points: Float64Array, size: number): Float64Array {
  const width = points.length / size
  const at = (i: number) => points.subarray(i * width, (i + 1) * width)
  return Float64Array.from({ length: size * size }, (_, pair) => {
    const [p, q] = [at(Math.floor(pair / size)), at(pair % size)]
    return Math.hypot(...p.map((value, axis) => value - q[axis]))
  })
}

describe('classicalScaling', () => {
  it('of three points on a line, by hand', () => {
    const { points, share } = classicalScaling(Float64Array.of(0, 3, 9, 3, 0, 6, 9, 6, 0), 3, 2)
    expect([...points.filter((_, i) => i % 2 === 0)].map(x => Math.round(1e9 * x) / 1e9)).toEqual([-4, -1, 5])
    expect(Math.max(...points.filter((_, i) => i % 2 === 1).map(Math.abs))).toBeLessThan(1e-6)
    expect(share).toBeCloseTo(1, 12)
  })

  it('of points that coincide, and of one', () => {
    expect(classicalScaling(new Float64Array(9), 3, 2)).toEqual({ points: new Float64Array(6), share: 1 })
    expect(classicalScaling(new Float64Array(1), 1, 2)).toEqual({ points: new Float64Array(2), share: 1 })
  })

  it.each(cases)('as scikit-learn has it: $name', ({ distances, size, dimensions, points, share }) => {
    const scaled = classicalScaling(Float64Array.from(distances), size, dimensions)
    points.forEach((value, i) => expect(Math.abs(scaled.points[i] - value), `entry ${i}`).toBeLessThan(tolerance))
    expect(Math.abs(scaled.share - share)).toBeLessThan(tolerance)
  })

  it('keeps the distances of points in the plane', () => {
    const coordinate = fc.double({ min: -100, max: 100, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 12 }), places => {
        const distances = distancesOf(Float64Array.from(places.flat()), places.length)
        const kept = distancesOf(classicalScaling(distances, places.length, 2).points, places.length)
        kept.forEach((distance, i) => expect(Math.abs(distance - distances[i])).toBeLessThan(1e-4))
      }),
    )
  })
})
