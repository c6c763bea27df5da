/** A source of uniform numbers in [0, 1). Randomness is always an argument, never ambient. */
export type Random = () => number

/**
 * A seeded generator of uniform numbers in [0, 1), the same on every platform.
 *
 * xoshiro128** (Blackman and Vigna 2018), its 128-bit state filled from the seed by splitmix32; 32-bit integer
 * arithmetic only.
 *
 * @param seed any integer; its low 32 bits are used
 */
export function seededRandom(seed: number): Random {
  const nextSeed = splitmix32(seed)
  let [a, b, c, d] = [nextSeed(), nextSeed(), nextSeed(), nextSeed()]
  return () => {
    const scrambled = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return (scrambled >>> 0) / 0x1_0000_0000
  }
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits))
}

function splitmix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return z ^ (z >>> 16)
  }
}
