import type { Probabilities } from '../math/probabilities.ts'
import type { Calibration } from './calibrate.ts'
import { confidenceOf, meanOfRows } from './mean-of-rows.ts'
import { withTemperature } from './temperature.ts'

/**
 * ATC, average thresholded confidence: predicted accuracy, the share of rows that are surer than the calibration's
 * threshold.
 *
 *   acc = 1/n #{i : s(x_i) ≥ t},   t such that 1/m #{source : s < t} = source error        Garg et al. (2022)
 *
 * s is the largest probability at the calibration's temperature. In [0, 1]. The authors' code takes for t the confidence
 * just below ours, and so predicts of the source itself one right row too many.
 *
 * @param probabilities of the target, shape (rows, classes)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as withTemperature
 */
export function averageThresholdConfidence(
  probabilities: Probabilities,
  { temperature, atcThreshold }: Pick<Calibration, 'temperature' | 'atcThreshold'>,
): number {
  return meanOfRows(withTemperature(probabilities, temperature), row => (confidenceOf(row) >= atcThreshold ? 1 : 0))
}
