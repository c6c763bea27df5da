import { mostProbable } from '../math/probabilities.ts'
import { labelledRows } from './labelled-rows.ts'
import { mcNemar } from './mc-nemar.ts'
import type { ModelAnswers, SampledRows } from './model-answers.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** Two models differ when they would do so by chance in fewer than 5 % of samples, all comparisons taken together. */
const SIGNIFICANCE = 0.05

/** What the labelled rows say of the models together. */
export interface AccuracyVerdict {
  /**
   * - `best`: the first model is better than every other, beyond chance; or there is no other.
   * - `as-good`: some others may be as good.
   * - `cannot-tell`: any of the models may be the best.
   * - `unlabelled`: no row has a label that a model knows: there are no accuracies.
   */
  readonly code: 'best' | 'as-good' | 'cannot-tell' | 'unlabelled'
  /** Models that may be the best, by accuracy on the sample; empty without labels. */
  readonly asGood: readonly string[]
  /** The same in words, with what to do. */
  readonly message: string
  /** 95 % interval of each model's accuracy (Wilson), by name. */
  readonly intervals: ReadonlyMap<string, readonly [number, number]>
  /** How many of the labelled rows each model has right, by name. */
  readonly counts: ReadonlyMap<string, { readonly right: number; readonly rows: number }>
}

/** Which of the models may be the best on data like the labelled rows (McNemar's test, Bonferroni's correction). */
export function accuracyVerdict(models: readonly ModelAnswers[], rows: SampledRows): AccuracyVerdict {
  const rated = ratedModels(models, rows)
  const counts = new Map(rated.map(({ name, right }) => [name, { right: sum(right), rows: right.length }]))
  const intervals = new Map(Array.from(counts, ([name, { right, rows }]) => [name, wilsonInterval(right, rows)]))
  const [first, ...others] = rated.sort((a, b) => sum(b.right) - sum(a.right) || (a.name < b.name ? -1 : 1))
  if (first === undefined) {
    const message =
      'No row has a label that the models know: the scores are signs, not accuracies. Label some rows to be sure.'
    return { code: 'unlabelled', asGood: [], message, intervals, counts }
  }
  const level = SIGNIFICANCE / Math.max(1, others.length)
  const equals = others.filter(
    other => mcNemar(alone(first.right, other.right), alone(other.right, first.right)) >= level,
  )
  const asGood = [first, ...equals].map(({ name }) => name)
  const code = equals.length === 0 ? 'best' : equals.length < others.length ? 'as-good' : 'cannot-tell'
  const message = others.length === 0 ? messageOfOne(first) : messageOf(code, asGood, first.right.length)
  return { code, asGood, message, intervals, counts }
}

interface RatedModel {
  readonly name: string
  /** 1 for each labelled row that it has right; shape (labelled rows). */
  readonly right: Uint8Array
}

function ratedModels(models: readonly ModelAnswers[], rows: SampledRows): RatedModel[] {
  const labelled = labelledRows(rows)
  return models.flatMap(model => {
    const known = labelled?.contextFor(model).known
    if (!labelled || !known?.some(label => label >= 0)) return []
    const predicted = mostProbable(labelled.select(model).probabilities)
    return [{ name: model.name, right: Uint8Array.from(predicted, (label, row) => (label === known[row] ? 1 : 0)) }]
  })
}

function messageOfOne({ name, right }: RatedModel): string {
  return `${name} has ${sum(right)} of ${counted(right.length)} right; no other model could be compared with it.`
}

function messageOf(code: AccuracyVerdict['code'], [first, ...equals]: readonly string[], rows: number): string {
  const on = `on the ${counted(rows)}`
  if (code === 'best') return `${first} is the best ${on}, beyond chance.`
  const more = 'Choose among them by size, speed or licence, or label more rows.'
  if (code === 'as-good')
    return `${first} has most right ${on}; as good, as far as they tell: ${equals.join(', ')}. ${more}`
  return `${first} has most right ${on}, but they cannot tell which model is the best. Label more rows.`
}

function counted(rows: number): string {
  return `${rows} labelled row${rows === 1 ? '' : 's'}`
}

function sum(right: Uint8Array): number {
  return right.reduce((count, one) => count + one, 0)
}

/** Rows that the first has right and the second has not. */
function alone(first: Uint8Array, second: Uint8Array): number {
  return first.reduce((count, one, row) => count + (one > second[row] ? 1 : 0), 0)
}
