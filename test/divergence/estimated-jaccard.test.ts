import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { estimatedJaccard } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'

describe('estimatedJaccard', () => {
  it('is the share of equal positions', () => {
    expect(estimatedJaccard(Uint32Array.of(1, 2, 3, 4), Uint32Array.of(1, 9, 3, 8))).toBe(0.5)
    expect(estimatedJaccard(Uint32Array.of(4294967295), Uint32Array.of(4294967295))).toBe(1)
    expect(estimatedJaccard(Uint32Array.of(1, 2), Uint32Array.of(2, 1))).toBe(0)
  })

  it('refuses other lengths, and none', () => {
    expect(caughtCode(() => estimatedJaccard(Uint32Array.of(1), Uint32Array.of(1, 2)))).toBe('SHAPE')
    expect(caughtCode(() => estimatedJaccard(new Uint32Array(0), new Uint32Array(0)))).toBe('SHAPE')
  })

  it('estimates the Jaccard of two sets from minima of random orders, within 4 standard errors', () => {
    const random = seededRandom(5)
    const hashes = 2000
    const [a, b] = [new Uint32Array(hashes), new Uint32Array(hashes)]
    for (let k = 0; k < hashes; k++) {
      const order = Array.from({ length: 30 }, () => Math.floor(random() * 2 ** 32))
      a[k] = Math.min(...order.slice(0, 20))
      b[k] = Math.min(...order.slice(10, 30))
    }
    expect(Math.abs(estimatedJaccard(a, b) - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / hashes))
  })
})
