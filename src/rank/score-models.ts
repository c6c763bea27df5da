import type { Embeddings } from '../math/embeddings.ts'
import { FoundOnce } from '../math/found-once.ts'
import { principalComponents } from '../math/principal-components.ts'
import { crowdAlarm, type CrowdAlarm } from '../confidence/index.ts'
import type { MatrixWork } from '../math/gram.ts'
import type { SilhouetteOptions } from '../transferability/index.ts'
import { CROWD_SCORES } from './crowd-scores.ts'
import { crowdOf } from './crowd-of.ts'
import { LABEL_FREE_SCORES } from './label-free-scores.ts'
import { labelledRows } from './labelled-rows.ts'
import { LABELLED_SCORES } from './labelled-scores.ts'
import type { ModelAnswers, SampledRows } from './model-answers.ts'
import type { ModelScores, ScoreContext } from './score.ts'
import { isLeftOut, type WantedScores } from './wanted-scores.ts'

export interface ScoringOptions extends SilhouetteOptions {
  /** Scores that are wanted although they are dear. Default none. */
  readonly also?: WantedScores
  /** D of neuralRank. Default 10. */
  readonly pca?: number
  readonly work?: MatrixWork
}

/** Scores by name; one that is missing could not be told, or was left out. */
export type ScoresByName = ReadonlyMap<string, number>

/** A model by itself. */
export interface ScoredModel {
  readonly scores: ScoresByName
  /** Scores that could be told but are dear, and were not asked for. */
  readonly leftOut: readonly string[]
}

export interface ScoredModels {
  /** One entry per model, in their order. */
  readonly scores: readonly ScoresByName[]
  /** Scores that are left out of one model at least because they are dear and were not asked for. */
  readonly leftOut: readonly string[]
  /** Of each model: share of the labelled rows whose label it knows by name; undefined where no row has a label. */
  readonly labelsKnown?: readonly number[]
  /** Whether the vote of these models can be trusted; undefined of fewer than two models. */
  readonly alarm?: CrowdAlarm
}

/** Scores the models that were run on the same rows: each by itself, as it comes, then all beside each other. */
export interface Scorer {
  score(model: ModelAnswers): Promise<ScoredModel>
  /** @param scored what `score` gave of each of the models */
  compare(models: readonly ModelAnswers[], scored: readonly ScoredModel[]): ScoredModels
}

/**
 * Scores models on the rows they were run on, by everything that the evidence allows. Scores that need labels are of
 * the rows that have one.
 */
export function scorerOf(rows: SampledRows, options: ScoringOptions = {}): Scorer {
  const { also = [] } = options
  const labelled = labelledRows(rows)
  return {
    async score(model) {
      const context = contextOf(options)
      const scores = await valuesOf(LABEL_FREE_SCORES, model, context)
      if (!labelled) return { scores, leftOut: [] }
      const seen = { ...context, ...labelled.contextFor(model) }
      const leftOut = Object.keys(LABELLED_SCORES).filter(
        name => seen.classes !== undefined && isLeftOut(name, model.embeddings, also),
      )
      const wanted = Object.fromEntries(Object.entries(LABELLED_SCORES).filter(([name]) => !leftOut.includes(name)))
      const found = await valuesOf(wanted, labelled.select(model), seen)
      return { scores: new Map([...scores, ...found]), leftOut }
    },
    compare(models, scored) {
      const scores = scored.map(one => new Map(one.scores))
      const leftOut = [...new Set(scored.flatMap(one => one.leftOut))]
      const labelsKnown = labelled && models.map(model => knownShare(labelled.contextFor(model).known))
      const crowd = crowdOf(models)
      if (!crowd) return { scores, leftOut, labelsKnown }
      for (const [name, values] of Object.entries(CROWD_SCORES)) {
        values(crowd)?.forEach((value, m) => scores[m].set(name, value))
      }
      return { scores, leftOut, labelsKnown, alarm: crowdAlarm(crowd.predictions, { similarity: crowd.fits }) }
    },
  }
}

/** Scores models that were all run before, one after the other. */
export async function scoreModels(
  models: readonly ModelAnswers[],
  rows: SampledRows,
  options?: ScoringOptions,
): Promise<ScoredModels> {
  const scorer = scorerOf(rows, options)
  const scored: ScoredModel[] = []
  for (const model of models) scored.push(await scorer.score(model))
  return scorer.compare(models, scored)
}

/** What the scores of one model share: its principal components and Gram matrices are found once. */
export function contextOf({ pca = 10, work: shared = {}, distance, b }: ScoringOptions): ScoreContext {
  const found = new FoundOnce()
  const work = { ...shared, found }
  const project = (embeddings: Embeddings) =>
    found.of(embeddings, 'principal components', async () => {
      const { projected } = await principalComponents(embeddings, pca, work)
      return projected
    })
  return { project, silhouette: { distance, b }, work }
}

function knownShare(known: Int32Array): number {
  return known.filter(label => label >= 0).length / known.length
}

/** Those of some scores that the evidence allows. */
export async function valuesOf(
  scores: ModelScores,
  model: ModelAnswers,
  context: ScoreContext,
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const [name, value] of Object.entries(scores)) {
    const told = await value(model, context)
    if (told !== undefined) found.set(name, told)
  }
  return found
}
