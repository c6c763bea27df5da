import type { Probabilities } from '../math/probabilities.ts'
import { withTemperature } from '../confidence/index.ts'
import { mostProbable } from '../math/probabilities.ts'
import { knownClasses, type RankCandidate } from '../rank/index.ts'
import { runOne, type RunOneOptions } from './run-one.ts'

/** What a model says of the rows of a dataset. */
export interface Predictions {
  /** `owner/model` */
  readonly model: string
  /** Name of each class, in the order of the probabilities. */
  readonly labels: readonly string[]
  /** Which row of the dataset, from 0, each is; shape (rows). */
  readonly rowNumbers: Uint32Array
  /** Most probable class, shape (rows). */
  readonly predicted: Int32Array
  /** At the card's temperature, shape (rows, classes). */
  readonly probabilities: Probabilities
  /** Share of the labelled rows predicted right, labels joined by name; absent where no row has one. */
  readonly accuracy?: number
  readonly warnings: readonly string[]
}

/**
 * Runs a model on a dataset, all rows unless a sample is asked for.
 *
 * @throws what `runOne` throws
 */
export async function predict(
  find: (folder: string) => Promise<RankCandidate>,
  places: readonly string[],
  options: RunOneOptions = {},
): Promise<Predictions> {
  const { run, target } = await runOne(find, places, { sample: 'all', ...options })
  const { name, labels, probabilities } = run.answers
  const temperature = run.candidate.card.frontMatter.modelhub.calibration?.temperature ?? 1
  const predicted = mostProbable(probabilities)
  return {
    model: name,
    labels,
    rowNumbers: target.rowNumbers,
    predicted,
    probabilities: withTemperature(probabilities, temperature),
    accuracy: target.labels && accuracyOf(predicted, target.labels, labels),
    warnings: target.warnings,
  }
}

/** Share of the labelled rows predicted right; a label that is not known counts as wrong. Undefined where no row has one. */
export function accuracyOf(
  predicted: Int32Array,
  rows: readonly (string | undefined)[],
  classes: readonly string[],
): number | undefined {
  const labelled = rows.filter(label => label !== undefined).length
  const right = knownClasses(rows, classes).filter((label, row) => label === predicted[row]).length
  return labelled > 0 ? right / labelled : undefined
}
