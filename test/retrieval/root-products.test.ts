import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { codeRows, PlainRows } from '../../src/retrieval/root-products.ts'

test('inner products of two rows by hand', () => {
  for (const rows of [codeRows(3), new PlainRows(16)]) {
    const codes = rows.extend(2)
    codes.set([1, 2, 3], 0)
    codes.set([255, 0, 10], rows.stride)
    const query = new Int16Array(rows.stride)
    query.set([10, 100, 1000])
    expect([...rows.products(query)]).toEqual([3210, 12550])
  }
})

test('the SIMD kernel gives the bits of the plain one, however many rows come at a time', () => {
  const shape = fc.record({ seed: fc.integer(), width: fc.integer({ min: 1, max: 60 }) })
  fc.assert(
    fc.property(shape, ({ seed, width }) => {
      const random = seededRandom(seed)
      const simd = codeRows(width)
      const plain = new PlainRows(simd.stride)
      // More than the 4,096 rows of one call of the kernel, and an odd number of them.
      for (const rows of [1, 4096, 4]) {
        const codes = Uint8Array.from({ length: rows * simd.stride }, () => 256 * random())
        simd.extend(rows).set(codes)
        plain.extend(rows).set(codes)
      }
      const query = Int16Array.from({ length: simd.stride }, () => 32_768 * random())
      expect(Buffer.compare(Buffer.from(simd.codes()), Buffer.from(plain.codes()))).toBe(0)
      expect(simd.products(query).join()).toBe(plain.products(query).join())
    }),
    { numRuns: 10 },
  )
})
