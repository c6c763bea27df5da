import { requireDraw } from './affine-min-hash.ts'
import { mersenneTwister } from './mersenne-twister.ts'

/** The Mersenne prime 2^61 − 1. */
const PRIME = (1n << 61n) - 1n
const PRIME_HIGH = 0x1fff_ffff
const TWO_TO_32 = 2 ** 32

/** The permutations h ↦ (a_k h + b_k) mod (2^61 − 1) of a MinHash, each number as two 32-bit halves. */
export interface PrimePermutations {
  readonly aHigh: Uint32Array
  readonly aLow: Uint32Array
  readonly bHigh: Uint32Array
  readonly bLow: Uint32Array
}

/**
 * The permutations that datasketch draws for a seed in its scheme `legacy` (the only one before 2.0), bit for bit.
 *
 * @param count number of permutations, an integer ≥ 1
 * @param seed integer in [0, 2^32)
 * @throws OUT_OF_RANGE when count or seed is none of these
 */
export function primePermutations(count: number, seed: number): PrimePermutations {
  requireDraw(count, seed)
  const below = uniformBelow(mersenneTwister(seed))
  const drawn = Array.from({ length: count }, () => [1n + below(PRIME - 2n), below(PRIME - 1n)])
  const high = (which: number) => Uint32Array.from(drawn, pair => Number(pair[which] >> 32n))
  const low = (which: number) => Uint32Array.from(drawn, pair => Number(pair[which] & 0xffff_ffffn))
  return { aHigh: high(0), aLow: low(0), bHigh: high(1), bLow: low(1) }
}

/** NumPy's `RandomState.randint` of 64 bits: masked, drawn again when too large. */
function uniformBelow(next: () => number): (most: bigint) => bigint {
  return most => {
    for (;;) {
      const high = BigInt(next() & PRIME_HIGH)
      const value = (high << 32n) | BigInt(next())
      if (value <= most) return value
    }
  }
}

/**
 * MinHash signature of a set as datasketch's `legacy` scheme has it.
 *
 *   sig_k = min_i ((a_k h_i + b_k mod 2^64) mod (2^61 − 1)) mod 2^32
 *
 * The product wraps at 2^64 first, as it does there. Kept for signatures that others made; it is slower than
 * `affineMinHash` and biased on sets of very many elements.
 *
 * @param hashes 32-bit hashes of the elements, any order
 * @returns shape (permutations), all 2^32 − 1 for an empty set
 */
export function primeMinHash(permutations: PrimePermutations, hashes: Uint32Array): Uint32Array {
  const { aHigh, aLow, bHigh, bLow } = permutations
  const signature = new Uint32Array(aLow.length).fill(TWO_TO_32 - 1)
  for (let k = 0; k < signature.length; k++) {
    for (const h of hashes) {
      const low = (Math.imul(aLow[k], h) >>> 0) + bLow[k]
      const carry = low >= TWO_TO_32 ? 1 : 0
      const high = (upperOfProduct(aLow[k], h) + Math.imul(aHigh[k], h) + bHigh[k] + carry) >>> 0
      signature[k] = Math.min(signature[k], lowOfRemainder(high, low >>> 0))
    }
  }
  return signature
}

/** The upper 32 bits of the product of two unsigned 32-bit integers, from four products of 16-bit halves. */
function upperOfProduct(x: number, y: number): number {
  const [xh, xl, yh, yl] = [x >>> 16, x & 0xffff, y >>> 16, y & 0xffff]
  const middle = xh * yl + ((xl * yl) >>> 16)
  const other = xl * yh + (middle & 0xffff)
  return xh * yh + Math.floor(middle / 0x1_0000) + Math.floor(other / 0x1_0000)
}

/** The lower 32 bits of (high 2^32 + low) mod (2^61 − 1): 2^61 is 1 there, so the top three bits are added below. */
function lowOfRemainder(high: number, low: number): number {
  const sum = low + (high >>> 29)
  const rest = (high & PRIME_HIGH) + (sum >= TWO_TO_32 ? 1 : 0)
  const isPrimeOrMore = rest > PRIME_HIGH || (rest === PRIME_HIGH && sum >>> 0 === 0xffff_ffff)
  return (isPrimeOrMore ? sum + 1 : sum) >>> 0
}
