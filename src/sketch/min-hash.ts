import { portableLog } from '../math/log.ts'
import { simdProbabilityMinHash } from './probability-min-hash-kernel.ts'
import { mix32 } from './string-hash.ts'

/** Hash functions of a signature: the standard error of an estimated Jaccard of ½ is 1/√512 = .044. */
export const SIGNATURE_LENGTH = 128

/** A set of hashed elements, each with a weight above 0. Both arrays have shape (elements). */
export interface WeightedElements {
  readonly elements: Uint32Array
  readonly weights: Float64Array
}

/** The elements of at least that weight. */
export function frequentElements({ elements, weights }: WeightedElements, least: number): WeightedElements {
  const kept = (_: number, i: number) => weights[i] >= least
  return { elements: elements.filter(kept), weights: weights.filter(kept) }
}

/** Stands in every place of the signature of a set without elements. */
export const EMPTY_SIGNATURE_VALUE = 0xffff_ffff

/**
 * P-MinHash signature of a weighted set.
 *
 *   h_k(x) = argmin_i −ln U_{k,i} / x_i                         Moulton and Jiang (2018), Algorithm 1
 *
 * Two signatures agree in one place with probability J_P(x, y), the probability Jaccard, which does not change when a
 * set's weights are scaled: datasets of different sizes compare by their shares. Computed in WebAssembly SIMD where the
 * platform has it, with the same bits.
 *
 * @returns elements, shape (SIGNATURE_LENGTH)
 */
export function probabilityMinHash(set: WeightedElements, seed: number): Uint32Array {
  const { elements, weights } = set
  const signer = simdProbabilityMinHash()
  return signer ? signer(elements, weights, { seed, length: SIGNATURE_LENGTH }) : plainProbabilityMinHash(set, seed)
}

/** The same in plain TypeScript, for platforms without WebAssembly SIMD: the reference of the kernel. */
export function plainProbabilityMinHash({ elements, weights }: WeightedElements, seed: number): Uint32Array {
  const signature = new Uint32Array(SIGNATURE_LENGTH).fill(EMPTY_SIGNATURE_VALUE)
  for (let k = 0; k < SIGNATURE_LENGTH; k++) {
    let least = Infinity
    for (let i = 0; i < elements.length; i++) {
      const u = uniform(seed, k, elements[i])
      // −ln u ≥ 1 − u, by far more than what rounding could add: most elements need no logarithm to lose.
      if (1 - u >= least * weights[i]) continue
      const arrival = -portableLog(u) / weights[i]
      if (arrival < least) {
        least = arrival
        signature[k] = elements[i]
      }
    }
  }
  return signature
}

/** Draws of so many elements are kept: 3 KiB each. */
const MOST_KEPT = 4096

/**
 * Consistent weighted sampling signatures of multisets. What is drawn for an element is drawn once, and serves the next
 * multisets that hold it.
 *
 *   r, c ~ Gamma(2, 1), β ~ U(0, 1);  t = ⌊ln w / r + β⌋;  ln a = ln c − r (t − β) − r;  the least a wins
 *                                                                Ioffe (2010), Improved Consistent Weighted Sampling
 *
 * Two signatures agree in one place with probability Σ min / Σ max of the weights, the multiset Jaccard that replicating
 * each value by its number of occurrences gives (Zhou et al. 2020, §3.4).
 *
 * @returns what gives a multiset's hashes of (element, t), shape (SIGNATURE_LENGTH)
 */
export function consistentWeightedSampler(seed: number): (set: WeightedElements) => Uint32Array {
  const kept = new Map<number, Float64Array>()
  return ({ elements, weights }) => {
    const signature = new Uint32Array(SIGNATURE_LENGTH).fill(EMPTY_SIGNATURE_VALUE)
    const least = new Float64Array(SIGNATURE_LENGTH).fill(Infinity)
    for (let i = 0; i < elements.length; i++) {
      const drawn = kept.get(elements[i]) ?? drawsOf(elements[i], seed)
      if (kept.size < MOST_KEPT) kept.set(elements[i], drawn)
      const logWeight = portableLog(weights[i])
      for (let k = 0; k < SIGNATURE_LENGTH; k++) {
        const r = drawn[3 * k]
        const shift = drawn[3 * k + 1]
        const t = Math.floor(logWeight / r + shift)
        const rank = drawn[3 * k + 2] - r * (t - shift) - r
        if (rank < least[k]) {
          least[k] = rank
          signature[k] = mix32(elements[i] ^ Math.imul(t, 0x9e3779b1))
        }
      }
    }
    return signature
  }
}

/** r, β and ln c of an element for every place of a signature, shape (SIGNATURE_LENGTH, 3). */
function drawsOf(element: number, seed: number): Float64Array {
  const drawn = new Float64Array(3 * SIGNATURE_LENGTH)
  for (let k = 0; k < SIGNATURE_LENGTH; k++) {
    drawn[3 * k] = -portableLog(uniform(seed + 1, k, element)) - portableLog(uniform(seed + 2, k, element))
    drawn[3 * k + 1] = uniform(seed + 3, k, element)
    const c = -portableLog(uniform(seed + 4, k, element)) - portableLog(uniform(seed + 5, k, element))
    drawn[3 * k + 2] = portableLog(c)
  }
  return drawn
}

/** A uniform number in (0, 1) that depends on nothing but its arguments. */
function uniform(seed: number, k: number, element: number): number {
  const h = mix32(mix32(element ^ Math.imul(k + 1, 0x9e3779b1)) ^ Math.imul(seed + 1, 0x85ebca77))
  return (h + 0.5) / 0x1_0000_0000
}
