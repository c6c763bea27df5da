import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rootCodes } from '../../src/retrieval/root-codes.ts'
import { arbitraryHistogram } from '../arbitrary-histogram.ts'

test('codes are roots in 255 steps, and the error is that of the worst feature', () => {
  const codes = new Uint8Array(5)
  const quarter = 0.25
  const error = rootCodes([1, 0, quarter, quarter, 0.5], Uint32Array.of(0, 2, 5), codes)
  // 255 · √0.25 = 127.5, rounded to 128; 255 · √0.5 = 180.312…, to 180.
  expect([...codes]).toEqual([255, 0, 128, 128, 180])
  expect(error).toBeCloseTo(Math.sqrt(0.5 ** 2 + 0.5 ** 2 + 0.31223 ** 2) / 255, 7)
})

test('a feature that is all 0 has codes of 0 and adds no error', () => {
  const codes = Uint8Array.of(9, 9)
  expect(rootCodes([0, 0], Uint32Array.of(0, 2), codes)).toBe(0)
  expect([...codes]).toEqual([0, 0])
})

test('no histogram is further from its codes than the error says, nor than rounding allows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }).chain(arbitraryHistogram), drawn => {
      const histogram = Float32Array.from(drawn)
      const codes = new Uint8Array(histogram.length)
      const error = rootCodes(histogram, Uint32Array.of(0, histogram.length), codes)
      const distance = Math.hypot(...Array.from(histogram, (p, b) => Math.sqrt(p) - codes[b] / 255))
      expect(distance).toBeLessThanOrEqual(error)
      expect(error).toBeLessThanOrEqual(((0.5 * Math.sqrt(histogram.length)) / 255) * (1 + 1e-6))
    }),
  )
})
