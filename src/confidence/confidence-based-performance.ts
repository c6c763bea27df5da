import { mostProbable, type Probabilities } from '../math/probabilities.ts'
import type { Calibration } from './calibrate.ts'
import { withTemperature } from './temperature.ts'

export interface ExpectedPerformance {
  /** Expected rows by true class, then by predicted class: shape (classes, classes). */
  readonly confusion: readonly (readonly number[])[]
  /** In [0, 1]; equal to the mean confidence at the calibration's temperature. */
  readonly accuracy: number
  /** Of each class, 2·TP / (2·TP + FP + FN) of the expected counts, 0 where that is 0/0: shape (classes). */
  readonly f1: readonly number[]
  /** Mean of f1 over the classes. */
  readonly macroF1: number
}

/**
 * CBPE, confidence-based performance estimation: what calibrated probabilities say of the model's own mistakes. Each row
 * counts in the column of its predicted class with p_c as true class c (NannyML, 2022).
 *
 * Right in the mean when the probabilities are calibrated on the target; a shift that changes P(y | x) goes unseen.
 *
 * @param probabilities of the target, shape (rows, classes)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as withTemperature
 */
export function confidenceBasedPerformance(
  probabilities: Probabilities,
  { temperature }: Pick<Calibration, 'temperature'>,
): ExpectedPerformance {
  const scaled = withTemperature(probabilities, temperature)
  const { rows, classes, values } = scaled
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  mostProbable(probabilities).forEach((predicted, i) => {
    for (let c = 0; c < classes; c++) confusion[c][predicted] += values[i * classes + c]
  })
  const f1 = confusion.map((row, c) => {
    const both = sumOf(row) + sumOf(confusion.map(other => other[c]))
    return both > 0 ? (2 * row[c]) / both : 0
  })
  return { confusion, accuracy: sumOf(confusion.map((row, c) => row[c])) / rows, f1, macroF1: sumOf(f1) / classes }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
