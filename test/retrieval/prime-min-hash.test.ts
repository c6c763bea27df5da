import { describe, expect, it } from 'vitest'
import { primeMinHash, primePermutations } from '../../src/retrieval/index.ts'
import { caughtCode } from '../caught-code.ts'
import { peerSignatures } from './peer.ts'

const PRIME = (1n << 61n) - 1n

describe('primePermutations', () => {
  it.each(peerSignatures('legacy'))('are those datasketch draws for seed $seed', ({ seed, permutations, a, b }) => {
    const { aHigh, aLow, bHigh, bLow } = primePermutations(permutations, seed)
    const joined = (high: Uint32Array, low: Uint32Array) =>
      Array.from(high, (part, k) => String((BigInt(part) << 32n) | BigInt(low[k])))
    expect(joined(aHigh, aLow)).toEqual(a)
    expect(joined(bHigh, bLow)).toEqual(b)
  })

  it('need a count and a 32-bit seed', () => {
    expect(caughtCode(() => primePermutations(0, 1))).toBe('OUT_OF_RANGE')
  })
})

describe('primeMinHash', () => {
  it.each(peerSignatures('legacy'))(
    'is datasketch’s, seed $seed, $permutations permutations',
    ({ seed, permutations, elements, signature }) => {
      const made = primeMinHash(primePermutations(permutations, seed), Uint32Array.from(elements))
      expect(Array.from(made)).toEqual(signature)
    },
  )

  it('takes the remainder of numbers next to multiples of the prime', () => {
    for (const value of [PRIME - 1n, PRIME, PRIME + 1n, 7n * PRIME - 1n, 7n * PRIME, 8n * PRIME + 7n]) {
      const [high, low] = [Number(value >> 32n), Number(value & 0xffff_ffffn)]
      const one = {
        aHigh: Uint32Array.of(0),
        aLow: Uint32Array.of(0),
        bHigh: Uint32Array.of(high),
        bLow: Uint32Array.of(low),
      }
      expect(primeMinHash(one, Uint32Array.of(5))[0]).toBe(Number((value % PRIME) & 0xffff_ffffn))
    }
  })
})
