import type { ModelAnswers, SampledRows } from './model-answers.ts'
import type { ScoreContext } from './score.ts'
import { targetClasses } from './target-classes.ts'

/** The rows that have a label. */
export interface LabelledRows {
  /** A model's answers for those rows alone. */
  select(model: ModelAnswers): ModelAnswers
  contextFor(model: ModelAnswers): Pick<ScoreContext, 'classes'> & { readonly known: Int32Array }
}

/** Undefined where no row has a label. Where all labels are one, `classes` is undefined: no score is defined for it. */
export function labelledRows({ labels, rows }: SampledRows): LabelledRows | undefined {
  const named = labels?.flatMap((label, row) => (label === undefined ? [] : [{ label, row }])) ?? []
  if (named.length === 0) return undefined
  const { classes, knownTo } = targetClasses(named.map(({ label }) => label))
  const severalClasses = classes.some(label => label !== classes[0])
  const chosen = named.map(({ row }) => row)
  return {
    select: model => (chosen.length === rows ? model : withRows(model, chosen)),
    contextFor: model => ({ classes: severalClasses ? classes : undefined, known: knownTo(model.labels) }),
  }
}

function withRows(model: ModelAnswers, chosen: readonly number[]): ModelAnswers {
  const { probabilities, embeddings } = model
  const values = takeRows(probabilities.values, probabilities.classes, chosen)
  return {
    ...model,
    logits: undefined,
    probabilities: { rows: chosen.length, classes: probabilities.classes, values },
    embeddings: embeddings && {
      rows: chosen.length,
      dimensions: embeddings.dimensions,
      values: takeRows(embeddings.values, embeddings.dimensions, chosen),
    },
  }
}

function takeRows<T extends Float32Array | Float64Array>(values: T, width: number, chosen: readonly number[]): T {
  const taken = values.slice(0, chosen.length * width) as T
  chosen.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width))
  return taken
}
