import { ModelHubError } from '../common/modelhub-error.ts'
import { mersenneTwister } from './mersenne-twister.ts'

/** Stands in every place of the signature of an empty set. */
const EMPTY = 0xffff_ffff

/** The permutations h ↦ a_k h + b_k mod 2^32 of a MinHash; every a_k is odd, so that each is one to one. */
export interface AffinePermutations {
  /** Shape (permutations), odd. */
  readonly a: Uint32Array
  /** Shape (permutations). */
  readonly b: Uint32Array
}

/**
 * The permutations that datasketch 2.0 draws for a seed (its scheme `affine32`), bit for bit: first all a, as
 * 2 u + 1 of 31-bit numbers, then all b.
 *
 * @param count number of permutations, an integer ≥ 1
 * @param seed integer in [0, 2^32); datasketch's own default is 1
 * @throws OUT_OF_RANGE when count or seed is none of these
 */
export function affinePermutations(count: number, seed: number): AffinePermutations {
  requireDraw(count, seed)
  const next = mersenneTwister(seed)
  const a = Uint32Array.from({ length: count }, () => (next() << 1) | 1)
  return { a, b: Uint32Array.from({ length: count }, next) }
}

/** @throws OUT_OF_RANGE when count is no integer ≥ 1, or seed no integer in [0, 2^32) */
export function requireDraw(count: number, seed: number): void {
  if (!Number.isInteger(count) || count < 1) {
    throw new ModelHubError('OUT_OF_RANGE', `count: expected an integer >= 1, got ${count}`)
  }
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new ModelHubError('OUT_OF_RANGE', `seed: expected an integer in [0, 2^32), got ${seed}`)
  }
}

/**
 * MinHash signature of a set, in plain TypeScript: the reference of the SIMD kernel.
 *
 *   sig_k = min_i (a_k fmix(h_i) + b_k) mod 2^32        Broder (1997); fmix is MurmurHash3's finaliser
 *
 * Two signatures agree in one place with probability about |A ∩ B| / |A ∪ B|. The values are those of datasketch's
 * `affine32`.
 *
 * @param hashes 32-bit hashes of the elements, any order; one that comes twice counts once
 * @returns shape (permutations), all 2^32 − 1 for an empty set
 */
export function affineMinHash({ a, b }: AffinePermutations, hashes: Uint32Array): Uint32Array {
  const signature = new Uint32Array(a.length).fill(EMPTY)
  const mixed = Int32Array.from(hashes, finalised)
  for (let k = 0; k < a.length; k++) {
    const [ak, bk] = [a[k] | 0, (b[k] ^ 0x8000_0000) | 0]
    // Signed order of numbers with the top bit flipped is the unsigned order: adding 2^31 flips it.
    let least = 0x7fff_ffff
    for (let i = 0; i < mixed.length; i++) {
      const value = (Math.imul(ak, mixed[i]) + bk) | 0
      if (value < least) least = value
    }
    signature[k] = least ^ 0x8000_0000
  }
  return signature
}

function finalised(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
