import { ModelHubError } from '../common/modelhub-error.ts'

export interface JoinedLabelSpaces {
  /** All label names, each once, in the order in which the models bring them. */
  readonly labels: readonly string[]
  /** For each model, where its class c stands in `labels`: shape (its classes). */
  readonly positions: readonly Int32Array[]
}

/**
 * Joins the label lists of models into one, so that their predictions can be compared.
 *
 * Names are one label when they are equal after Unicode's NFKC, trimming, lower case, and writing every run of spaces,
 * `_` and `-` as one space; the first spelling is kept. Nothing is guessed beyond that: `car` and `automobile` are two.
 *
 * @param labelLists one list of names per model, in the order of its classes
 * @throws OUT_OF_RANGE when a model names one label twice, or a name is empty
 */
export function joinLabelSpaces(labelLists: readonly (readonly string[])[]): JoinedLabelSpaces {
  const labels: string[] = []
  const positionOf = new Map<string, number>()
  const positions = labelLists.map((names, model) => {
    const seen = new Set<number>()
    return Int32Array.from(names, name => {
      const key = plainName(name)
      if (key === '') throw new ModelHubError('OUT_OF_RANGE', `labels of model ${model}: expected names, got "${name}"`)
      const position = positionOf.get(key) ?? labels.push(name) - 1
      positionOf.set(key, position)
      if (seen.has(position)) {
        throw new ModelHubError(
          'OUT_OF_RANGE',
          `labels of model ${model}: expected each name once, got "${name}" again`,
        )
      }
      seen.add(position)
      return position
    })
  })
  return { labels, positions }
}

function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
}

/**
 * A model's predictions in the joined label space, shape (rows).
 *
 * @param predicted its own classes, shape (rows)
 * @param positions of its classes, from joinLabelSpaces
 * @throws OUT_OF_RANGE when a prediction is not one of its classes
 */
export function toJoinedLabels(predicted: Int32Array, positions: Int32Array): Int32Array {
  return predicted.map(c => {
    if (c < 0 || c >= positions.length) {
      throw new ModelHubError('OUT_OF_RANGE', `predictions: expected classes 0 to ${positions.length - 1}, got ${c}`)
    }
    return positions[c]
  })
}
