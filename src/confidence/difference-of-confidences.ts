import type { Probabilities } from '../math/probabilities.ts'
import type { Calibration } from './calibrate.ts'
import { meanConfidence } from './mean-confidence.ts'
import { withTemperature } from './temperature.ts'

/**
 * DoC, difference of confidences: predicted accuracy, the source's less what the mean confidence has dropped.
 *
 *   acc = acc_source − (conf_source − conf_target)        Guillory et al. (2021), with a slope of 1
 *
 * The paper fits slope and intercept on many shifted datasets, which a single model's publisher does not have. Cut to
 * [0, 1]; confidence at the calibration's temperature.
 *
 * @param probabilities of the target, shape (rows, classes)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as withTemperature
 */
export function differenceOfConfidences(
  probabilities: Probabilities,
  calibration: Pick<Calibration, 'accuracy' | 'meanConfidence' | 'temperature'>,
): number {
  const confidence = meanConfidence(withTemperature(probabilities, calibration.temperature))
  return Math.min(1, Math.max(0, calibration.accuracy - (calibration.meanConfidence - confidence)))
}
