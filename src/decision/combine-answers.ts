import { joinLabelSpaces } from '../confidence/index.ts'
import type { Probabilities } from '../math/probabilities.ts'

/** What one model says of some rows. */
export interface LabelledAnswers {
  readonly labels: readonly string[]
  /** Shape (rows, labels). */
  readonly probabilities: Probabilities
}

/** What several models say of the same rows together. */
export interface CombinedAnswers {
  /** Labels of all models, joined by name. */
  readonly labels: readonly string[]
  /** Shape (rows, labels); a label that a model does not know has the probability 0 by it. */
  readonly probabilities: Probabilities
}

/**
 * For each row the mean of the probabilities that the models asked for it give.
 *
 * @param models at least one, all of the same rows
 * @param asked places in `models`, at least one for each row; shape (rows)
 */
export function combineAnswers(
  models: readonly LabelledAnswers[],
  asked: readonly (readonly number[])[],
): CombinedAnswers {
  const { labels, positions } = joinLabelSpaces(models.map(model => model.labels))
  const classes = labels.length
  const values = new Float32Array(asked.length * classes)
  asked.forEach((places, row) => {
    for (const place of places) {
      const { probabilities } = models[place]
      positions[place].forEach((position, c) => {
        values[row * classes + position] += probabilities.values[row * probabilities.classes + c] / places.length
      })
    }
  })
  return { labels, probabilities: { rows: asked.length, classes, values } }
}
