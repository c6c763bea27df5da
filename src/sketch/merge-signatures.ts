import { seededRandom } from '../common/random.ts'

/**
 * Signature of datasets put together, from theirs alone: each place is taken from one of them, drawn with a
 * probability in proportion to its weight.
 *
 * The P-MinHash of a mixture w·x + (1 − w)·y cannot be had from two signatures. But where they agree the mixture has the
 * same element, since what comes first in both comes first in every mixture; and a drawn place holds each element with
 * the probability that the mixture gives it. So at least as many places are right as agree, J_P(x, y) of them on
 * average, and for datasets with nothing in common w² + (1 − w)² of them: at w = ½ half the places are those of the other
 * side, and an estimated Jaccard with a third set z is ½ J_P(x, z) + ½ J_P(y, z) instead of J_P of the mixture.
 *
 * @param signatures each of shape (k), at least one
 * @param weights elements counted in each, at least one above 0
 */
export function mergeSignatures(
  signatures: readonly Uint32Array[],
  weights: readonly number[],
  seed: number,
): Uint32Array {
  const random = seededRandom(seed)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return signatures[0].map((_, place) => {
    let left = random() * total
    const drawn = weights.findIndex(weight => (left -= weight) < 0)
    return signatures[drawn < 0 ? weights.length - 1 : drawn][place]
  })
}
