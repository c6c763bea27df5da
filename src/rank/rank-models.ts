import { ModelHubError } from '../common/index.ts'
import type { CrowdAlarm } from '../confidence/index.ts'
import type { LayerChoice } from '../inference/index.ts'
import { accuracyVerdict, type AccuracyVerdict } from './accuracy-verdict.ts'
import { defaultScore } from './default-score.ts'
import type { RankCandidate } from './rank-candidate.ts'
import { rankOrder } from './rank-order.ts'
import type { RunCandidate } from './run-candidate.ts'
import { runCandidates, type CandidatesRun, type RunCandidatesOptions } from './run-candidates.ts'
import { SCORE_NAMES, SCORES, type ScoreDescription, type ScoreName } from './score-names.ts'
import { scoreLayers, type ScoredLayer } from './score-layers.ts'
import {
  scorerOf,
  type ScoredModel,
  type ScoredModels,
  type Scorer,
  type ScoresByName,
  type ScoringOptions,
} from './score-models.ts'

/** How models are run, scored and ranked. */
export interface RankModelsOptions
  extends Omit<RunCandidatesOptions, 'onOutputs' | 'needsLabels'>, Omit<ScoringOptions, 'also'> {
  /** Scores to rank by, the first deciding; chosen by `defaultScore` when empty or absent. */
  readonly by?: readonly string[]
  /** Train the last layer anew, too. */
  readonly probe?: boolean
  /** `cheap` leaves out scores that are dear, but for those that are ranked by. Default `cheap`. */
  readonly scores?: 'cheap' | 'all'
}

/** A model in its place. */
export interface RankedModel extends RunCandidate {
  readonly scores: ScoresByName
  /** Share of the labelled rows whose label it knows by name; undefined where no row has a label. */
  readonly labelsKnown?: number
  /** Its layers, in the order of the graph or as they were asked for; empty unless several were. */
  readonly layers: readonly ScoredLayer[]
}

/** A crowd alarm with the names of the models in its camps. */
export interface NamedAlarm extends Omit<CrowdAlarm, 'camps'> {
  readonly camps: readonly (readonly string[])[]
}

/** Models that were run, best first, and those that could not be. */
export interface Ranking extends Pick<CandidatesRun, 'failed' | 'target'> {
  /** Scores that were ranked by. */
  readonly by: readonly string[]
  readonly ranked: readonly RankedModel[]
  /** Scores that are left out of one model at least because they are dear and were not asked for. */
  readonly leftOut: readonly string[]
  /** What the labelled rows say of the models of the last sample together. */
  readonly verdict?: AccuracyVerdict
  /** Whether agreement between the models cannot be trusted; undefined of fewer than two. */
  readonly alarm?: NamedAlarm
}

/**
 * Runs candidates on a target and ranks them by what they say of it.
 *
 * @throws USAGE for a score that is not known; TOO_FEW_ROWS for one that needs labels where no row has one; and what
 *   `runCandidates` throws
 */
export async function rankModels(
  candidates: readonly RankCandidate[],
  places: readonly string[],
  options: RankModelsOptions,
): Promise<Ranking> {
  checkScores(options.by ?? [])
  const named = [...(options.by ?? []), ...(options.probe ? ['logistic-probe'] : [])]
  const needsLabels = named.find(needsLabelsOf)
  const scoring = { ...options, also: options.scores === 'all' ? options.scores : named }
  let scorer: Scorer | undefined
  const alone = new Map<RankCandidate, ScoredModel>()
  const layers = new Map<RankCandidate, readonly ScoredLayer[]>()
  const onOutputs: RunCandidatesOptions['onOutputs'] = async ({ candidate, answers }, outputs, rows) => {
    scorer ??= scorerOf(rows, scoring)
    alone.set(candidate, await scorer.score(answers))
    if (takesSeveral(options.layers)) layers.set(candidate, await scoreLayers(outputs, answers, rows, scoring))
  }
  const { run, failed, target } = await runCandidates(candidates, places, { ...options, onOutputs, needsLabels })
  if (!target || !scorer || run.length === 0) {
    return { by: options.by ?? [], ranked: [], leftOut: [], failed, target }
  }
  const answers = run.map(model => model.answers)
  const scored = scorer.compare(
    answers,
    run.map(({ candidate }) => alone.get(candidate)!),
  )
  const by = options.by?.length ? options.by : [defaultScore(scored)]
  const models = run.map((model, m) => ({
    ...model,
    scores: scored.scores[m],
    labelsKnown: scored.labelsKnown?.[m],
    layers: layers.get(model.candidate) ?? [],
  }))
  const order = rankOrder(
    models.map(({ candidate, scores }) => ({ name: candidate.name, scores })),
    by,
  )
  const said = { verdict: accuracyVerdict(answers, target), alarm: namedAlarm(scored, run) }
  return { by, ranked: order.map(m => models[m]), leftOut: scored.leftOut, failed, target, ...said }
}

function needsLabelsOf(name: string): boolean {
  return (SCORES[name as ScoreName] as ScoreDescription).needs === 'labels'
}

function takesSeveral(layers: LayerChoice = 'last'): boolean {
  return layers === 'all' || (layers !== 'last' && layers.length > 1)
}

function namedAlarm({ alarm }: ScoredModels, run: readonly RunCandidate[]): NamedAlarm | undefined {
  return alarm && { ...alarm, camps: alarm.camps.map(camp => camp.map(m => run[m].candidate.name)) }
}

/** @throws USAGE naming a score that there is not */
export function checkScores(by: readonly string[]): void {
  const names: readonly string[] = SCORE_NAMES
  const unknown = by.find(name => !names.includes(name))
  if (unknown === undefined) return
  throw new ModelHubError('USAGE', `score: expected one of ${names.join(', ')}, got ${unknown}`)
}
