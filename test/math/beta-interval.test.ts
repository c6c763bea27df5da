import { describe, expect, it } from 'vitest'
import { betaInterval } from '../../src/math/beta-interval.ts'
import golden from '../golden/beta-interval.json' with { type: 'json' }

describe('betaInterval', () => {
  it('of the uniform distribution leaves as much below as above', () => {
    const [low, high] = betaInterval(1, 1, 0.9)
    expect(low).toBeCloseTo(0.05, 3)
    expect(high).toBeCloseTo(0.95, 3)
  })

  it.each(golden.cases)('is scipy’s for a = $a, b = $b, level $level', ({ a, b, level, interval }) => {
    betaInterval(a, b, level).forEach((end, i) => expect(Math.abs(end - interval[i])).toBeLessThan(golden.tolerance))
  })
})
