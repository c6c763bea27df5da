import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { gaussian } from '../../src/math/index.ts'

describe('gaussian', () => {
  it('makes two numbers from one accepted pair: u = ½, v = 0 gives √(2 ln 4 / ¼) ½ and 0', () => {
    const uniforms = [0.95, 0.95, 0.75, 0.5]
    const normal = gaussian(() => uniforms.shift()!)
    expect(normal()).toBeCloseTo(Math.sqrt(2 * Math.log(4)), 14)
    expect(normal()).toBe(0)
    expect(uniforms).toHaveLength(0)
  })

  it('passes over the origin, where the logarithm has no value', () => {
    const uniforms = [0.5, 0.5, 0.75, 0.5]
    expect(gaussian(() => uniforms.shift()!)()).toBeGreaterThan(0)
  })

  it('has the moments and the tails of N(0, 1), and the same numbers for the same seed', () => {
    const draw = (): number[] => Array.from({ length: 100_000 }, gaussian(seededRandom(7)))
    const numbers = draw()
    const moment = (power: number): number => numbers.reduce((sum, x) => sum + x ** power, 0) / numbers.length
    expect(Math.abs(moment(1))).toBeLessThan(0.01)
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15)
    const beyond = numbers.filter(x => Math.abs(x) > 1.959964).length / numbers.length
    expect(Math.abs(beyond - 0.05)).toBeLessThan(0.003)
    expect(draw()).toEqual(numbers)
  })
})
