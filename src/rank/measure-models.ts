import type { MatrixWork } from '../math/gram.ts'
import { labelledRows } from './labelled-rows.ts'
import { sampleAccuracy } from './labelled-scores.ts'
import type { ModelAnswers, SampledRows } from './model-answers.ts'
import { sampleF1 } from './sample-f1.ts'
import { scoreModels } from './score-models.ts'

/** How well one model did on labelled rows, and what the same rows say of it without their labels. */
export interface MeasuredModel {
  /** Share of the labelled rows predicted right, in [0, 1]; undefined for a model that knows none of their labels. */
  readonly accuracy?: number
  /** F1 of the positive label on them, in [0, 1]; undefined where none was told. */
  readonly f1?: number
  /** Number of labelled rows. */
  readonly rows: number
  /** Scores that need no labels, by name; finite. */
  readonly scores: Readonly<Record<string, number>>
}

/** Measures models on the same rows: their accuracy, the F1 of the `positive` label, and every score that needs no labels. */
export async function measureModels(
  models: readonly ModelAnswers[],
  rows: SampledRows,
  { work, positive }: { readonly work?: MatrixWork; readonly positive?: string } = {},
): Promise<readonly MeasuredModel[]> {
  const labelled = labelledRows(rows)
  const { scores } = await scoreModels(models, { rows: rows.rows }, { work })
  return models.map((model, m) => {
    const known = labelled?.contextFor(model).known
    return {
      accuracy: labelled && sampleAccuracy(labelled.select(model), { known }),
      f1: labelled && positive !== undefined ? sampleF1(model, rows.labels!, positive) : undefined,
      rows: known?.length ?? 0,
      scores: Object.fromEntries([...scores[m]].filter(([, value]) => Number.isFinite(value))),
    }
  })
}
