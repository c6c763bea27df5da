import { ModelHubError } from '../common/modelhub-error.ts'
import { checkPredictions, type ZooPredictions } from '../confidence/zoo-predictions.ts'

/** What models say of rows, and the labels that some of the rows have. */
export interface LabelEvidence {
  /** Class that each model predicts of each row, −1 where it abstains. */
  readonly predictions: ZooPredictions
  /** How many classes there are, all models together. */
  readonly classes: number
  /** Fit of each model's training data to the rows, in [0, 1], where sketches told; shape (models). */
  readonly fits?: readonly number[]
  /** Class by row, −1 for a class that no model knows. */
  readonly labels: ReadonlyMap<number, number>
}

/**
 * Refuses evidence that contradicts itself.
 *
 * @throws TOO_FEW_ROWS, SHAPE as checkPredictions; OUT_OF_RANGE with fewer than two models, or for a label of a row or
 *   of a class that there is not
 */
export function checkEvidence({ predictions, classes, fits, labels }: LabelEvidence): void {
  checkPredictions(predictions, 2)
  if (fits && fits.length !== predictions.length) {
    throw new ModelHubError('SHAPE', `fits: expected shape (${predictions.length}), got (${fits.length})`)
  }
  const rows = predictions[0].length
  for (const [row, label] of labels) {
    if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
      throw new ModelHubError('OUT_OF_RANGE', `labels: expected rows 0 to ${rows - 1}, got ${row}`)
    }
    if (Number.isInteger(label) && label >= -1 && label < classes) continue
    throw new ModelHubError('OUT_OF_RANGE', `label of row ${row}: expected −1 to ${classes - 1}, got ${label}`)
  }
}

/** Rows of which not all models say the same, ascending: no other row's label tells models apart. */
export function disagreedRows(predictions: ZooPredictions): Uint32Array {
  const [first, ...others] = predictions
  const differs = (row: number) => others.some(labels => labels[row] !== first[row])
  return Uint32Array.from(first.keys()).filter(differs)
}
