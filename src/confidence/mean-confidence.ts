import { checkProbabilities, type Probabilities } from '../math/probabilities.ts'
import { confidenceOf, meanOfRows } from './mean-of-rows.ts'

/**
 * Mean confidence: the probability of the most probable class, averaged over the rows (Hendrycks and Gimpel 2017).
 *
 * In [1 / classes, 1]; it estimates the accuracy of a calibrated model.
 *
 * @param probabilities shape (rows, classes)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkProbabilities
 */
export function meanConfidence(probabilities: Probabilities): number {
  checkProbabilities(probabilities)
  return meanOfRows(probabilities, confidenceOf)
}
