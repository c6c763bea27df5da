import { describe, expect, it } from 'vitest'
import { minimise } from '../../src/math/lbfgs.ts'

/** Σ (c + 1)·(x_c − c)², lowest at (0, 1, 2, …). */
function bowl(point: Float64Array, gradient: Float64Array): number {
  return point.reduce((sum, x, c) => {
    gradient[c] = 2 * (c + 1) * (x - c)
    return sum + (c + 1) * (x - c) ** 2
  }, 0)
}

describe('minimise', () => {
  it('finds the bottom of a bowl', () => {
    const { point, converged } = minimise(bowl, new Float64Array(20), { tolerance: 1e-9 })
    expect(converged).toBe(true)
    point.forEach((x, c) => expect(x).toBeCloseTo(c, 8))
  })

  it('finds the minimum of Rosenbrock (1960)', () => {
    const valley = (point: Float64Array, gradient: Float64Array) => {
      const [x, y] = point
      gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x)
      gradient[1] = 200 * (y - x * x)
      return (1 - x) ** 2 + 100 * (y - x * x) ** 2
    }
    const { point } = minimise(valley, Float64Array.of(-1.2, 1), { tolerance: 1e-9 })
    expect(point[0]).toBeCloseTo(1, 8)
    expect(point[1]).toBeCloseTo(1, 8)
  })

  it('stops where it is told to', () => {
    const { iterations, converged } = minimise(bowl, new Float64Array(20), { mostIterations: 2 })
    expect([iterations, converged]).toEqual([2, false])
  })

  it('stops once cancelled', () => {
    expect(() => minimise(bowl, new Float64Array(3), { signal: AbortSignal.abort() })).toThrow(
      expect.objectContaining({ code: 'CANCELLED' }),
    )
  })
})
