import { requireSameShape } from './histogram.ts'

/**
 * Jaccard similarity as two MinHash signatures estimate it: the share of positions at which they are equal.
 *
 *   Ĵ = (1/K) Σ_k [a_k = b_k],   standard error √(J (1 − J) / K)        Broder (1997)
 *
 * Symmetric, in [0, 1]. Of which Jaccard it is an estimate depends on how the signatures were made.
 *
 * @param a signature, shape (hashes)
 * @param b signature made with the same hashes, shape (hashes)
 * @throws SHAPE when the signatures differ in length, or are empty
 */
export function estimatedJaccard(a: Uint32Array, b: Uint32Array): number {
  requireSameShape(a, b, 'b')
  let equal = 0
  for (let k = 0; k < a.length; k++) if (a[k] === b[k]) equal++
  return equal / a.length
}
