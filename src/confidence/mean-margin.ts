import { checkProbabilities, type Probabilities } from '../math/probabilities.ts'
import { meanOfRows } from './mean-of-rows.ts'

/**
 * Mean margin: the probability of the most probable class less that of the second (Scheffer, Decomain and Wrobel 2001).
 *
 * In [0, 1], higher is surer; of a model of one class it is 1.
 *
 * @param probabilities shape (rows, classes)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkProbabilities
 */
export function meanMargin(probabilities: Probabilities): number {
  checkProbabilities(probabilities)
  return meanOfRows(probabilities, row => {
    let [first, second] = [0, 0]
    for (const p of row) {
      if (p > first) [first, second] = [p, first]
      else if (p > second) second = p
    }
    return first - second
  })
}
