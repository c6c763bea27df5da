import fc from 'fast-check'
import { expect, it } from 'vitest'
import { int32FromBytes, int32ToBytes } from '../../src/catalog/bytes.ts'

it('integers are stored with the low byte first', () => {
  expect(int32ToBytes(Int32Array.of(1, -2))).toEqual(Uint8Array.of(1, 0, 0, 0, 254, 255, 255, 255))
})

it('any integers come back, wherever the bytes lie', () => {
  fc.assert(
    fc.property(fc.int32Array(), values => {
      const shifted = Uint8Array.of(9, ...int32ToBytes(values)).subarray(1)
      expect(int32FromBytes(shifted)).toEqual(values)
    }),
  )
})
