import { ModelHubError } from '../common/modelhub-error.ts'
import { checkProbabilities, mostProbable, type Probabilities } from '../math/probabilities.ts'
import { checkLogits, type Logits, softmax } from './logits.ts'
import { bestTemperature, logitsOf } from './temperature.ts'

/**
 * What a publisher tells of a model's confidence on held-out rows of its own data, so that a seeker without labels can
 * read the confidence on another dataset. `meanConfidence` and `atcThreshold` are of the probabilities at `temperature`.
 */
export interface Calibration {
  /** In [0, 1]. */
  readonly accuracy: number
  /** In [0, 1]. */
  readonly meanConfidence: number
  /** The confidence below which as many rows lie as are wrong; above 1 where all are. */
  readonly atcThreshold: number
  /** In [0.01, 100]. */
  readonly temperature: number
  /** Rows by true class, then by predicted class: shape (classes, classes). */
  readonly confusion: readonly (readonly number[])[]
}

export interface CalibrateOptions {
  /** What the numbers are. Default `probabilities`. */
  readonly scale?: 'probabilities' | 'logits'
}

/**
 * Calibration of a classifier on labelled rows that it was not trained on: the temperature by the smallest negative log
 * likelihood (Guo et al. 2017), then accuracy, mean confidence, ATC's threshold (Garg et al. 2022) and the confusion.
 *
 * @param output shape (rows, classes)
 * @param labels true classes, 0…classes − 1, shape (rows)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkProbabilities or checkLogits
 * @throws SHAPE when labels and rows differ in number; OUT_OF_RANGE when a label is not a class
 */
export function calibrate(
  output: Probabilities | Logits,
  labels: Int32Array,
  { scale = 'probabilities' }: CalibrateOptions = {},
): Calibration {
  if (scale === 'logits') checkLogits(output, 1)
  else checkProbabilities(output)
  checkClasses(labels, output)
  const logits = scale === 'logits' ? output : logitsOf(output)
  const temperature = bestTemperature(logits, labels)
  const probabilities = softmax(logits, temperature)
  // Not of the probabilities at the temperature, whose rounding may turn a tie.
  const predicted = mostProbable(output)
  const confidences = confidencesOf(probabilities, predicted)
  const wrong = predicted.filter((c, i) => c !== labels[i]).length
  const confusion = Array.from({ length: output.classes }, () => new Array<number>(output.classes).fill(0))
  predicted.forEach((c, i) => confusion[labels[i]][c]++)
  return {
    accuracy: 1 - wrong / output.rows,
    meanConfidence: confidences.reduce((sum, confidence) => sum + confidence, 0) / output.rows,
    atcThreshold: confidences.sort()[wrong] ?? 2,
    temperature,
    confusion,
  }
}

function confidencesOf({ classes, values }: Probabilities, predicted: Int32Array): Float64Array {
  return Float64Array.from(predicted, (c, i) => values[i * classes + c])
}

function checkClasses(labels: Int32Array, { rows, classes }: Logits): void {
  if (labels.length !== rows) {
    throw new ModelHubError('SHAPE', `labels: expected shape (${rows}), got (${labels.length})`)
  }
  const strange = labels.find(label => label < 0 || label >= classes)
  if (strange !== undefined) {
    throw new ModelHubError('OUT_OF_RANGE', `labels: expected classes 0 to ${classes - 1}, got ${strange}`)
  }
}
