import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { hierarchicalQuantile } from '../../src/decision/hierarchical-quantile.ts'
import { gaussian } from '../../src/math/gaussian.ts'
import { caughtCode } from '../caught-code.ts'

describe('the conformal quantile of grouped scores', () => {
  it('is the plain one of groups of one', () => {
    const scores = [5, 1, 4, 2, 3, 9, 8, 7, 6]
    const groups = scores.map(score => [score])
    expect(hierarchicalQuantile(groups, 0.9)).toBe(9)
    expect(hierarchicalQuantile(groups, 0.5)).toBe(5)
  })

  it('is infinite where the groups are too few', () => {
    expect(hierarchicalQuantile([[1], [2], [3]], 0.9)).toBe(Infinity)
  })

  it('weighs a group alike, however many scores it has', () => {
    expect(hierarchicalQuantile([[1], [2], [3, 3, 3, 3]], 0.5)).toBe(2)
  })

  it('refuses a level that is none', () => {
    expect(caughtCode(() => hierarchicalQuantile([[1]], 1))).toBe('OUT_OF_RANGE')
  })

  it('covers a new exchangeable group at the level that was asked for', () => {
    const random = seededRandom(3)
    const normal = gaussian(seededRandom(4))
    const group = () => {
      const shift = 2 * normal()
      return Array.from({ length: 1 + Math.floor(random() * 12) }, () => Math.abs(shift + normal()))
    }
    let inside = 0
    const trials = 2000
    for (let trial = 0; trial < trials; trial++) {
      const limit = hierarchicalQuantile(Array.from({ length: 14 }, group), 0.8)
      const scores = group()
      inside += scores.filter(score => score <= limit).length / scores.length
    }
    expect(inside / trials).toBeGreaterThan(0.79)
    expect(inside / trials).toBeLessThan(0.88)
  })
})
