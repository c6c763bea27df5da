import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { affinities, affinityError, plainAffinities } from '../../src/math/affinities.ts'
import { simdKernel } from '../../src/math/simd-kernel.ts'
import { AFFINITIES_WASM } from '../../src/math/generated/affinities-wasm.ts'

const matrices = fc
  .record({
    rows: fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
    columns: fc.integer({ min: 1, max: 70 }),
    values: fc.array(fc.oneof(fc.constant(0), fc.float({ min: 0, max: 1, noNaN: true })), {
      minLength: 600,
      maxLength: 600,
    }),
  })
  .map(({ rows, columns, values }) => {
    let at = 0
    const matrixOf = (count: number) => ({
      rows: count,
      columns,
      values: Float32Array.from({ length: count * columns }, () => values[at++ % values.length]),
    })
    return [matrixOf(rows[0]), matrixOf(rows[1])] as const
  })

describe('affinities', () => {
  const a = { rows: 2, columns: 3, values: Float32Array.of(1, 0, 4, 9, 16, 0) }
  const b = { rows: 3, columns: 3, values: Float32Array.of(1, 1, 1, 0, 0, 25, 4, 9, 0) }
  it('of two matrices by hand', () => {
    // Roots (1, 0, 2), (3, 4, 0) with (1, 1, 1), (0, 0, 5), (2, 3, 0).
    for (const of of [affinities, plainAffinities]) expect([...of(a, b)]).toEqual([3, 10, 2, 7, 0, 18])
  })

  it('runs a kernel here', () => expect(simdKernel(AFFINITIES_WASM)).toBeDefined())

  it('is within its error of sums in double precision, by the kernel and without', () => {
    fc.assert(
      fc.property(matrices, ([p, q]) => {
        for (const of of [affinities, plainAffinities]) {
          const found = of(p, q)
          expect(found.length).toBe(p.rows * q.rows)
          found.forEach((value, pair) => {
            const [i, j] = [Math.floor(pair / q.rows) * p.columns, (pair % q.rows) * q.columns]
            let sum = 0
            for (let c = 0; c < p.columns; c++) sum += Math.sqrt(p.values[i + c] * q.values[j + c])
            expect(Math.abs(value - sum)).toBeLessThanOrEqual(affinityError(p.columns) * sum + 1e-30)
          })
        }
      }),
    )
  })
})
