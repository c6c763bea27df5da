import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadApart, type Point } from '../../src/report/spread-apart.ts'

const gap = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)

describe('spreadApart', () => {
  it('pushes both of a pair by half of what is missing', () => {
    const [a, b] = spreadApart(
      [
        { x: 0, y: 0 },
        { x: 6, y: 0 },
      ],
      10,
    )
    expect(a.x).toBeCloseTo(-2, 2)
    expect(b.x).toBeCloseTo(8, 2)
    expect([a.y, b.y]).toEqual([0, 0])
  })

  it('leaves points alone that have room', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 0, y: 30 },
    ]
    expect(spreadApart(points, 10)).toEqual(points)
    expect(spreadApart([], 10)).toEqual([])
  })

  it('parts points that coincide, around where they were', () => {
    const moved = spreadApart(Array<Point>(5).fill({ x: 50, y: 50 }), 10)
    const middle = { x: moved.reduce((sum, { x }) => sum + x, 0) / 5, y: moved.reduce((sum, { y }) => sum + y, 0) / 5 }
    expect(gap(middle, { x: 50, y: 50 })).toBeLessThan(1e-6)
    moved.forEach((a, i) => moved.slice(i + 1).forEach(b => expect(gap(a, b)).toBeGreaterThanOrEqual(10 - 1e-9)))
  })

  it('ends with every pair of a few points apart, wherever they start', () => {
    const coordinate = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 5 }), points => {
        const moved = spreadApart(points, 10)
        expect(moved).toHaveLength(points.length)
        moved.forEach((a, i) => moved.slice(i + 1).forEach(b => expect(gap(a, b)).toBeGreaterThan(9.5)))
      }),
      { seed: 4 },
    )
  })
})
