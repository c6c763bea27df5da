import type { Embeddings, Points } from '../math/embeddings.ts'
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
import { SCORES, type ScoreDescription, type ScoreName } from './score-names.ts'

export interface ScoringOptions extends SilhouetteOptions {
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
  /** Of each model: share of the labelled rows whose label it knows by name; undefined where no row has a label. */
  readonly labelsKnown?: readonly number[]
  /** Whether the vote of these models can be trusted; undefined of fewer than two models. */
  readonly alarm?: CrowdAlarm
}

/**
 * Scores models on the rows they were run on, by everything that the evidence allows. Scores that need labels are of
 * the rows that have one.
 */
export async function scoreModels(
  models: readonly ModelAnswers[],
  rows: SampledRows,
  { also = [], pca = 10, work = {}, distance, b }: ScoringOptions = {},
): Promise<ScoredModels> {
  const labelled = labelledRows(rows)
  const silhouette = { distance, b }
  const scores: Map<string, number>[] = []
  for (const model of models) {
    const project = projector(pca, work)
    const found = await valuesOf(LABEL_FREE_SCORES, model, { project, silhouette, work })
    if (labelled) {
      const context = { ...labelled.contextFor(model), project, silhouette, work }
      const seen = await valuesOf(wantedScores(also), labelled.select(model), context)
      seen.forEach((value, name) => found.set(name, value))
    }
    scores.push(found)
  }
  const labelsKnown = labelled && models.map(model => knownShare(labelled.contextFor(model).known))
  const crowd = crowdOf(models)
  if (!crowd) return { scores, labelsKnown }
  for (const [name, values] of Object.entries(CROWD_SCORES)) {
    values(crowd)?.forEach((value, m) => scores[m].set(name, value))
  }
  return { scores, labelsKnown, alarm: crowdAlarm(crowd.predictions, { similarity: crowd.fits }) }
}

/** Principal components of embeddings, those of the same embeddings once. */
export function projector(pca: number, work: MatrixWork): ScoreContext['project'] {
  const known = new Map<Embeddings, Promise<Points>>()
  return embeddings => {
    const found = known.get(embeddings) ?? principalComponents(embeddings, pca, work).then(({ projected }) => projected)
    known.set(embeddings, found)
    return found
  }
}

function knownShare(known: Int32Array): number {
  return known.filter(label => label >= 0).length / known.length
}

/** Scores that need labels: all but the slow ones that nobody asked for. */
function wantedScores(also: readonly string[]): ModelScores {
  const slow = (name: string) => (SCORES[name as ScoreName] as ScoreDescription).slow === true
  return Object.fromEntries(Object.entries(LABELLED_SCORES).filter(([name]) => !slow(name) || also.includes(name)))
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
