const SIZE = 624
const MIDDLE = 397

/**
 * The generator MT19937 seeded by one number, as `numpy.random.RandomState(seed)` is: the peer's permutations come
 * from it, nothing else here does.                                                  Matsumoto and Nishimura (1998)
 *
 * @param seed its low 32 bits are used
 * @returns a source of uniform unsigned 32-bit integers
 */
export function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(SIZE)
  state[0] = seed
  for (let i = 1; i < SIZE; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i
  let at = SIZE
  return () => {
    if (at === SIZE) {
      renew(state)
      at = 0
    }
    let y = state[at++]
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }
}

function renew(state: Uint32Array): void {
  for (let i = 0; i < SIZE; i++) {
    const y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff)
    state[i] = state[(i + MIDDLE) % SIZE] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
  }
}
