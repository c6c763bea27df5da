import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { npyNumbers } from '../../src/inputs/npy-numbers.ts'
import { toElements } from '../../src/inputs/to-elements.ts'
import { golden } from '../golden-file.ts'

const halves = golden<{ cases: { numbers: (number | string)[]; bits: number[] }[] }>('float16.json').cases

describe('numbers as elements', () => {
  it('keep floats and refuse what whole types cannot hold', () => {
    expect(toElements(Float64Array.of(0.1, NaN), 'float32', 'x')).toEqual(Float32Array.of(0.1, NaN))
    expect(toElements(Float64Array.of(-128, 127), 'int8', 'x')).toEqual(Int8Array.of(-128, 127))
    expect(toElements(Float32Array.of(1, 0), 'bool', 'x')).toEqual(Uint8Array.of(1, 0))
    expect(toElements(Float64Array.of(2 ** 53 - 1, -3), 'int64', 'x')).toEqual(BigInt64Array.of(2n ** 53n - 1n, -3n))
    for (const [type, bad] of [
      ['int8', 128],
      ['uint16', -1],
      ['bool', 2],
      ['int64', 2 ** 53],
      ['uint64', -1],
      ['int32', 0.5],
      ['int32', NaN],
    ] as const) {
      expect(() => toElements(Float64Array.of(bad), type, 'x')).toThrow(
        expect.objectContaining({ code: 'COLUMN_TYPE', message: `input x: expected ${type}, got ${bad}` }),
      )
    }
  })

  it('round to half precision as NumPy does', () => {
    for (const { numbers, bits } of halves) {
      expect([...toElements(Float32Array.from(numbers, Number), 'float16', 'x')]).toEqual(bits)
    }
  })

  it('of half precision come back as they went', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7c00 }), fc.boolean(), (magnitude, isNegative) => {
        const bits = Uint16Array.of(isNegative ? magnitude | 0x8000 : magnitude)
        expect(toElements(npyNumbers(bits, 'float16'), 'float16', 'x')).toEqual(bits)
      }),
    )
  })

  it('of 64 bits are refused where a double cannot hold them', () => {
    expect(npyNumbers(BigInt64Array.of(-5n), 'int64')).toEqual(Float64Array.of(-5))
    expect(() => npyNumbers(BigUint64Array.of(2n ** 63n), 'uint64')).toThrow('expected integers within')
  })
})
