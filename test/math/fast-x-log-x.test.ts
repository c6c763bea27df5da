import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fastXLogX, xLogX } from '../../src/math/index.ts'
import { plainFastXLogX } from '../../src/math/fast-x-log-x.ts'
import { simdKernel } from '../../src/math/simd-kernel.ts'
import { X_LOG_X_WASM } from '../../src/math/generated/x-log-x-wasm.ts'

const kernel = fastXLogX()
const values = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.double({ min: 0, max: 2, noNaN: true }),
    fc.integer({ min: -120, max: 1 }).map(e => 2 ** e),
  ),
  { maxLength: 60 },
)

describe('fastXLogX', () => {
  it('sums ½ ln ½ + 2 ln 2 + 0 by hand', () => {
    expect(kernel.sum(Float64Array.of(0.5, 2, 0))).toBeCloseTo(1.5 * Math.LN2, 7)
    expect(kernel.sumOfPairs(Float64Array.of(0.25, 1, 0), Float64Array.of(0.25, 1, 0))).toBeCloseTo(1.5 * Math.LN2, 7)
    expect(kernel.sum(new Float64Array(0))).toBe(0)
  })

  it('keeps its stated error, 7e-8 of the sum of x', () => {
    fc.assert(
      fc.property(values, list => {
        const exact = list.reduce((sum, x) => sum + xLogX(x), 0)
        const total = list.reduce((sum, x) => sum + x, 0)
        expect(Math.abs(kernel.sum(Float64Array.from(list)) - exact)).toBeLessThanOrEqual(7e-8 * total + 1e-12)
      }),
      { seed: 2, numRuns: 2000 },
    )
  })

  it('keeps it in every cell of its table', () => {
    for (let x = 1; x < 2; x += 1 / 4096) {
      expect(Math.abs(kernel.sum(Float64Array.of(x)) - xLogX(x))).toBeLessThanOrEqual(7e-8 * x)
    }
  })

  it('sums pairs as it sums their sums, whichever comes first', () => {
    fc.assert(
      fc.property(values, list => {
        const p = Float64Array.from(list)
        const q = p.toReversed()
        expect(kernel.sumOfPairs(p, q)).toBe(kernel.sum(p.map((x, k) => x + q[k])))
        expect(kernel.sumOfPairs(q, p)).toBe(kernel.sumOfPairs(p, q))
      }),
      { seed: 3 },
    )
  })

  it('runs a kernel here', () => expect(simdKernel(X_LOG_X_WASM)).toBeDefined())

  it('gives the bits of plain TypeScript by its kernel, sums of many terms and few', () => {
    const plain = plainFastXLogX()
    const many = fc.array(fc.oneof(fc.constant(0), fc.constant(NaN), fc.double({ min: 0, max: 2, noNaN: true })), {
      minLength: 40,
      maxLength: 400,
      size: 'max',
    })
    fc.assert(
      fc.property(many, fc.boolean(), (list, finite) => {
        const p = Float64Array.from(finite ? list.filter(x => !Number.isNaN(x)) : list)
        const q = p.map((x, k) => (x * (k % 7)) / 7).reverse()
        expect(kernel.sumOfPairs(p, q)).toBe(plain.sumOfPairs(p, q))
        expect(kernel.sum(p)).toBe(plain.sum(p))
      }),
    )
  })
})
