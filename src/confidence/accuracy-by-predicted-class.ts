import { ModelHubError } from '../common/modelhub-error.ts'
import { checkProbabilities, mostProbable, type Probabilities } from '../math/probabilities.ts'
import type { Calibration } from './calibrate.ts'

/**
 * Predicted accuracy by class: how often the model was right on its own data when it predicted a class, weighted by how
 * often it predicts that class on the target.
 *
 *   acc = Σ_c P_target(ŷ = c)·P_source(y = c | ŷ = c)
 *
 * In [0, 1]. A class that was never predicted on the source counts with the source's accuracy.
 *
 * @param probabilities of the target, shape (rows, classes); only the most probable class counts
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkProbabilities; SHAPE when the confusion has other classes
 */
export function accuracyByPredictedClass(
  probabilities: Probabilities,
  { accuracy, confusion }: Pick<Calibration, 'accuracy' | 'confusion'>,
): number {
  checkProbabilities(probabilities)
  if (confusion.length !== probabilities.classes) {
    const message = `confusion: expected ${probabilities.classes} classes, got ${confusion.length}`
    throw new ModelHubError('SHAPE', message)
  }
  const precision = confusion.map((row, c) => {
    const total = confusion.reduce((sum, other) => sum + other[c], 0)
    return total > 0 ? row[c] / total : accuracy
  })
  return mostProbable(probabilities).reduce((sum, c) => sum + precision[c], 0) / probabilities.rows
}
