import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { portableLog } from '../../src/math/index.ts'
import golden from '../golden/logarithm.json' with { type: 'json' }

/** How many doubles lie between two numbers of one sign. */
function ulpsBetween(a: number, b: number): number {
  const [x, y] = new BigInt64Array(Float64Array.of(a, b).buffer)
  return Math.abs(Number(x - y))
}

describe('portableLog', () => {
  it('is exact at 1 and has the limits of the logarithm', () => {
    expect(portableLog(1)).toBe(0)
    expect(portableLog(2)).toBe(Math.LN2)
    expect(portableLog(0)).toBe(-Infinity)
    expect(portableLog(-0)).toBe(-Infinity)
    expect(portableLog(Infinity)).toBe(Infinity)
    expect(portableLog(-1)).toBeNaN()
    expect(portableLog(NaN)).toBeNaN()
  })

  it(`is within 1 ulp of ${golden.peer}`, () => {
    expect(golden.cases.length).toBeGreaterThan(500)
    for (const [x, expected] of golden.cases) {
      expect(ulpsBetween(portableLog(x), expected), `ln ${x}`).toBeLessThanOrEqual(1)
    }
  })

  it('has the bits that its documented formula has in another language', () => {
    for (const [x, , bits] of golden.cases) expect(portableLog(x), `ln ${x}`).toBe(bits)
  })

  it('is within 2 ulp of Math.log, which is itself within 1, over all positive doubles', () => {
    const positive = fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true })
    const unit = fc.double({ min: 1e-12, max: 4, noNaN: true })
    fc.assert(
      fc.property(fc.oneof(positive, unit), x => ulpsBetween(portableLog(x), Math.log(x)) <= 2),
      { seed: 1, numRuns: 20_000 },
    )
  })

  it('turns powers of two into multiples of ln 2', () => {
    for (let exponent = -1074; exponent <= 1023; exponent++) {
      expect(ulpsBetween(portableLog(2 ** exponent), exponent * Math.LN2)).toBeLessThanOrEqual(1)
    }
  })
})
