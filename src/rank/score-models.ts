import { crowdAlarm, type CrowdAlarm } from '../confidence/index.ts'
import type { MatrixWork } from '../math/gram.ts'
import { CROWD_SCORES } from './crowd-scores.ts'
import { crowdOf } from './crowd-of.ts'
import { LABEL_FREE_SCORES } from './label-free-scores.ts'
import { LABELLED_SCORES } from './labelled-scores.ts'
import type { ModelAnswers, SampledRows } from './model-answers.ts'
import type { CrowdScore, ModelScore } from './score.ts'
import { targetClasses } from './target-classes.ts'

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

/** Scores models on the rows they were run on, by everything that the evidence allows. */
export async function scoreModels(
  models: readonly ModelAnswers[],
  { labels }: SampledRows,
  { also = [], pca = 10, work = {} }: ScoringOptions = {},
): Promise<ScoredModels> {
  const target = labels && targetClasses(labels)
  const oneClass = target?.classes.every(label => label === target.classes[0]) ?? false
  const scores = models.map(() => new Map<string, number>())
  for (const [m, model] of models.entries()) {
    const known = target?.knownTo(model.labels)
    const context = { classes: oneClass ? undefined : target?.classes, known, pca, work }
    for (const score of [...LABELLED_SCORES, ...LABEL_FREE_SCORES]) {
      if (score.slow && !also.includes(score.name)) continue
      const value = await score.value(model, context)
      if (value !== undefined) scores[m].set(score.name, value)
    }
  }
  const crowd = crowdOf(models)
  if (!crowd) return { scores }
  for (const score of CROWD_SCORES) {
    score.values(crowd)?.forEach((value, m) => scores[m].set(score.name, value))
  }
  return { scores, alarm: crowdAlarm(crowd.predictions, { similarity: crowd.fits }) }
}
