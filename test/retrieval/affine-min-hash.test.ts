import { describe, expect, it } from 'vitest'
import { affineMinHash, affinePermutations } from '../../src/retrieval/index.ts'
import { caughtCode } from '../caught-code.ts'
import { peerSignatures } from './peer.ts'

describe('affinePermutations', () => {
  it.each(peerSignatures('affine32'))('are those datasketch draws for seed $seed', ({ seed, permutations, a, b }) => {
    const drawn = affinePermutations(permutations, seed)
    expect(Array.from(drawn.a, String)).toEqual(a)
    expect(Array.from(drawn.b, String)).toEqual(b)
  })

  it('need a count and a 32-bit seed', () => {
    for (const [count, seed] of [
      [0, 1],
      [1.5, 1],
      [4, -1],
      [4, 2 ** 32],
      [4, 0.5],
    ]) {
      expect(caughtCode(() => affinePermutations(count, seed))).toBe('OUT_OF_RANGE')
    }
  })
})

describe('affineMinHash', () => {
  it('is worked by hand: 0 mixes to 0, so its value is b', () => {
    const permutations = { a: Uint32Array.of(1, 3), b: Uint32Array.of(7, 0xffff_fff0) }
    expect(Array.from(affineMinHash(permutations, Uint32Array.of(0)))).toEqual([7, 0xffff_fff0])
  })

  it.each(peerSignatures('affine32'))(
    'is datasketch’s, seed $seed, $permutations permutations',
    ({ seed, permutations, elements, signature }) => {
      const made = affineMinHash(affinePermutations(permutations, seed), Uint32Array.from(elements))
      expect(Array.from(made)).toEqual(signature)
    },
  )
})
