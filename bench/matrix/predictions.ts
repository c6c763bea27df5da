import { mostProbable } from '../../src/math/probabilities.ts'
import type { ModelAnswers } from '../../src/rank/index.ts'

/** What every candidate predicts of a target's sampled rows: enough for any vote and any choice of rows to label. */
export interface TargetPredictions {
  readonly target: string
  /** Names that `truth` and `predicted` count in. */
  readonly classes: readonly string[]
  /** Base64 of one byte a row. */
  readonly truth: string
  readonly models: Readonly<
    Record<
      string,
      {
        /** Base64 of one byte a row: the most probable class. */
        readonly predicted: string
        /** Base64 of one byte a row: 255 times its probability, rounded. */
        readonly confidence: string
      }
    >
  >
}

/** @param labels name of each row's class, shape (rows) */
export function predictionsOf(
  target: string,
  labels: readonly string[],
  models: readonly ModelAnswers[],
): TargetPredictions {
  const classes = [...new Set([...labels, ...models.flatMap(model => model.labels)])]
  const numbers = new Map(classes.map((name, i) => [name, i]))
  const packed = (bytes: Iterable<number>) => Buffer.from(Uint8Array.from(bytes)).toString('base64')
  return {
    target,
    classes,
    truth: packed(labels.map(label => numbers.get(label)!)),
    models: Object.fromEntries(
      models.map(({ name, labels: own, probabilities: { classes: width, values, ...rest } }) => {
        const best = mostProbable({ classes: width, values, ...rest })
        const predicted = packed(Array.from(best, label => numbers.get(own[label])!))
        const confidence = packed(Array.from(best, (label, row) => Math.round(255 * values[row * width + label])))
        return [name, { predicted, confidence }]
      }),
    ),
  }
}
