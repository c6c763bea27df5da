import { ModelHubError } from '../common/modelhub-error.ts'

/** Labels as consecutive numbers. */
export interface LabelledClasses {
  /** How many different labels there are. */
  readonly count: number
  /** Class of each row, 0…count − 1 in the order of the labels, shape (rows). */
  readonly of: Int32Array
  /** Rows of each class, shape (count); all at least 1. */
  readonly sizes: Int32Array
}

/**
 * Numbers the labels that occur, so that gaps and names of labels do not matter. Any integer is a label.
 *
 * @param labels shape (rows)
 * @throws SHAPE when there are not as many labels as rows
 * @throws EMPTY_DATASET without rows
 * @throws OUT_OF_RANGE when all rows have one label: no score of this room is defined for one class
 */
export function labelledClasses(labels: Int32Array, rows: number): LabelledClasses {
  if (labels.length !== rows) {
    throw new ModelHubError('SHAPE', `labels: expected shape (${rows}), got (${labels.length})`)
  }
  if (rows === 0) throw new ModelHubError('EMPTY_DATASET', 'labels: expected at least one row, got 0')
  const distinct = [...new Set(labels)].sort((a, b) => a - b)
  if (distinct.length < 2) {
    throw new ModelHubError('OUT_OF_RANGE', `labels: expected at least 2 classes, got ${distinct.length}`)
  }
  const numberOf = new Map(distinct.map((label, index) => [label, index]))
  const of = labels.map(label => numberOf.get(label)!)
  const sizes = new Int32Array(distinct.length)
  for (const index of of) sizes[index]++
  return { count: distinct.length, of, sizes }
}
