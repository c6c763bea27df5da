import { crowdAlarm, type CrowdAlarm } from '../confidence/index.ts'
import type { MatrixWork } from '../math/gram.ts'
import { CROWD_SCORES } from './crowd-scores.ts'
import { crowdOf } from './crowd-of.ts'
import { LABEL_FREE_SCORES } from './label-free-scores.ts'
import { labelledRows } from './labelled-rows.ts'
import { LABELLED_SCORES } from './labelled-scores.ts'
import type { ModelAnswers, SampledRows } from './model-answers.ts'
import type { CrowdScore, ModelScore, ScoreContext } from './score.ts'

export interface ScoringOptions {
  /** Slow scores that are wanted all the same. */
  readonly also?: readonly string[]
  /** D of neuralRank. Default 10. */
  readonly pca?: number
  readonly work?: MatrixWork
}

/** Scores by name; one that is missing could not be told. */
export type ScoresByName = ReadonlyMap<string, number>

export interface ScoredModels {
  /** One entry per model, in their order. */
  readonly scores: readonly ScoresByName[]
  /** Whether the vote of these models can be trusted; undefined of fewer than two models. */
  readonly alarm?: CrowdAlarm
}

/** Every score, by name. */
export const RANK_SCORES: readonly (ModelScore | CrowdScore)[] = [
  ...LABELLED_SCORES,
  ...LABEL_FREE_SCORES,
  ...CROWD_SCORES,
]

/**
 * Scores models on the rows they were run on, by everything that the evidence allows. Scores that need labels are of
 * the rows that have one.
 */
export async function scoreModels(
  models: readonly ModelAnswers[],
  rows: SampledRows,
  { also = [], pca = 10, work = {} }: ScoringOptions = {},
): Promise<ScoredModels> {
  const wanted = (score: ModelScore) => !score.slow || also.includes(score.name)
  const labelled = labelledRows(rows)
  const scores: Map<string, number>[] = []
  for (const model of models) {
    const found = await valuesOf(LABEL_FREE_SCORES.filter(wanted), model, { pca, work })
    if (labelled) {
      const context = { ...labelled.contextFor(model), pca, work }
      const seen = await valuesOf(LABELLED_SCORES.filter(wanted), labelled.select(model), context)
      seen.forEach((value, name) => found.set(name, value))
    }
    scores.push(found)
  }
  const crowd = crowdOf(models)
  if (!crowd) return { scores }
  for (const score of CROWD_SCORES) {
    score.values(crowd)?.forEach((value, m) => scores[m].set(score.name, value))
  }
  return { scores, alarm: crowdAlarm(crowd.predictions, { similarity: crowd.fits }) }
}

async function valuesOf(
  scores: readonly ModelScore[],
  model: ModelAnswers,
  context: ScoreContext,
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const { name, value } of scores) {
    const told = await value(model, context)
    if (told !== undefined) found.set(name, told)
  }
  return found
}
