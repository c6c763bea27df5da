import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortSingles } from '../../src/math/sort-singles.ts'

describe('sortSingles', () => {
  it('orders signs, zeros and infinities', () => {
    const few = Float32Array.of(2, -0, Infinity, -1.5, 0, -Infinity, -2)
    expect(sortSingles(few)).toEqual(Float32Array.of(-Infinity, -2, -1.5, -0, 0, 2, Infinity))
    expect(sortSingles(new Float32Array(0))).toEqual(new Float32Array(0))
  })

  it('is the order of the engine, to the last bit, and leaves its argument alone', () => {
    const pattern = fc.uint32Array({ minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(pattern, fc.integer({ min: 0, max: 30 }), (bits, copies) => {
        const singles = Array.from(new Float32Array(bits.buffer)).filter(value => !Number.isNaN(value))
        const many = Float32Array.from(Array.from({ length: copies * 10 }, () => singles).flat())
        const before = many.slice()
        const bitsOf = (values: Float32Array) => new Uint32Array(values.slice().buffer)
        expect(bitsOf(sortSingles(many))).toEqual(bitsOf(before.slice().sort()))
        expect(bitsOf(many)).toEqual(bitsOf(before))
      }),
      { numRuns: 40 },
    )
  })
})
