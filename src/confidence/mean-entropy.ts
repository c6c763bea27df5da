import { checkProbabilities, type Probabilities } from '../math/probabilities.ts'
import { meanOfRows } from './mean-of-rows.ts'

/**
 * Mean entropy −Σ_c p_c log p_c of the rows, in nats, 0 log 0 being 0.
 *
 * In [0, log(classes)]; the lower, the surer the model is.
 *
 * @param probabilities shape (rows, classes)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkProbabilities
 */
export function meanEntropy(probabilities: Probabilities): number {
  checkProbabilities(probabilities)
  return meanOfRows(probabilities, row => {
    let entropy = 0
    for (const p of row) if (p > 0) entropy -= p * Math.log(p)
    return entropy
  })
}
