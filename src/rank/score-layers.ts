import type { ModelOutputs } from '../inference/index.ts'
import type { Points } from '../math/embeddings.ts'
import { TRANSFERABILITY_METRICS } from '../transferability/index.ts'
import { LABEL_FREE_SCORES } from './label-free-scores.ts'
import { LABELLED_SCORES } from './labelled-scores.ts'
import { labelledRows } from './labelled-rows.ts'
import type { ModelAnswers, SampledRows } from './model-answers.ts'
import { readFloats } from './read-answers.ts'
import type { ModelScores } from './score.ts'
import { contextOf, valuesOf, type ScoresByName, type ScoringOptions } from './score-models.ts'

/** What one layer of a model says of the rows. */
export interface ScoredLayer {
  /** Name of its tensor. */
  readonly layer: string
  /** Numbers that it gives for a row. */
  readonly width: number
  readonly scores: ScoresByName
  /** All rows in its first D principal components, shape (rows, D). */
  readonly projected: Points
}

const OF_LAYERS: ReadonlySet<string> = new Set([
  'neuralrank-predicted',
  ...TRANSFERABILITY_METRICS.filter(({ reads }) => reads === 'embeddings').map(({ name }) => name),
])

/**
 * Scores every layer that was taken of a model, one in memory at a time: by neuralRank, on the labels where rows have
 * some and on the model's own predictions, and by those of the other scores of layers that are asked for in `also`. A
 * single row has no principal components: no layer is scored on it.
 */
export async function scoreLayers(
  outputs: ModelOutputs,
  model: ModelAnswers,
  rows: SampledRows,
  options: ScoringOptions,
): Promise<readonly ScoredLayer[]> {
  if (rows.rows < 2) return []
  const { also = [] } = options
  const named = ['neuralrank', 'neuralrank-predicted', ...also].filter(name => OF_LAYERS.has(name))
  const wanted = also === 'all' ? OF_LAYERS : new Set(named)
  const labelled = labelledRows(rows)
  const scored: ScoredLayer[] = []
  for (const layer of outputs.layers) {
    const seen = { ...model, embeddings: await readFloats(outputs.outputs.get(layer)!) }
    const context = contextOf(options)
    const scores = await valuesOf(chosen(LABEL_FREE_SCORES, wanted), seen, context)
    if (labelled) {
      const known = { ...labelled.contextFor(seen), ...context }
      const told = await valuesOf(chosen(LABELLED_SCORES, wanted), labelled.select(seen), known)
      told.forEach((value, name) => scores.set(name, value))
    }
    const projected = await context.project(seen.embeddings)
    scored.push({ layer, width: seen.embeddings.dimensions, scores, projected })
  }
  return scored
}

function chosen(scores: ModelScores, wanted: ReadonlySet<string>): ModelScores {
  return Object.fromEntries(Object.entries(scores).filter(([name]) => wanted.has(name)))
}
