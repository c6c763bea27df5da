import { absentScores, type HalvedRanking, type RankedModel, type Ranking } from '../rank/index.ts'
import type { HubDecision } from './decide-by-history.ts'
import { decisionResult } from './decision-result.ts'
import type { ChosenFrom } from './choose-versions.ts'
import type { HubRankOptions } from './rank-options.ts'
import type { RankResult } from './rank-result-schema.ts'

/** What a ranking was asked for, and how long it took. */
export interface RankRequest
  extends ChosenFrom, Pick<HubRankOptions, 'layer' | 'pca' | 'distance' | 'b' | 'sample' | 'seed'> {
  readonly source: string
  readonly elapsedMs: number
  readonly decision?: HubDecision
}

/** A ranking as the object that is published as JSON. */
export function rankResult(ranking: Ranking | HalvedRanking, request: RankRequest): RankResult {
  const { by, ranked, failed, target, alarm } = ranking
  return {
    query: { ...queryOf(target, request.source), sketchSha256: request.sketchSha256 },
    parameters: { by: [...by], ...parametersOf(request) },
    results: ranked.map((model, i) => resultRow(model, i + 1, ranking)),
    considered: [...request.considered],
    hubRevision: request.hubRevision,
    failures: failed.map(({ candidate: { name, version }, code, reason }) => ({ model: name, version, code, reason })),
    leftOut: [...ranking.leftOut],
    verdict: verdictOf(ranking),
    decision: request.decision ? decisionResult(request.decision) : null,
    alarm: alarm ? { ...alarm, camps: alarm.camps.map(camp => [...camp]) } : null,
    rounds: 'rounds' in ranking ? ranking.rounds.map(round => ({ ...round })) : [],
    baselines: {
      sourceAccuracy: namesBy(ranked, ({ candidate }) => candidate.sourceAccuracy),
      fit: namesBy(ranked, ({ candidate }) => candidate.fit ?? null),
      elsewhere: namesBy(ranked, ({ candidate }) => candidate.elsewhere ?? null),
    },
    warnings: [...(target?.warnings ?? []), ...absentScores(by, ranked)],
    elapsedMs: request.elapsedMs,
  }
}

function parametersOf(request: RankRequest) {
  const { layer = 'last', pca = 10, distance = 'cosine', b = 'mean', sample = 2000, seed = 0 } = request
  const layers = [layer].flat()
  const rankedBy = layers.length === 0 || layers.includes('all') ? 'last' : layers[0]
  return { sample, seed, layer: rankedBy, layers, pca, distance, b }
}

function verdictOf({ verdict }: Ranking): RankResult['verdict'] {
  if (!verdict) return { code: 'unlabelled', asGood: [], message: 'No model could be run.' }
  return { code: verdict.code, asGood: [...verdict.asGood], message: verdict.message }
}

function queryOf(target: Ranking['target'], source: string) {
  if (!target) return { source, rows: 0, datasetRows: 0, labelledRows: 0, inputsSha256: null }
  const labelledRows = target.labels?.filter(label => label !== undefined).length ?? 0
  return { source, rows: target.rows, datasetRows: target.datasetRows, labelledRows, inputsSha256: target.sha256 }
}

function resultRow(model: RankedModel, rank: number, { by, verdict }: Ranking): RankResult['results'][number] {
  const { candidate, scores, labelsKnown, layer, layers, millisecondsPerRow, fromCache } = model
  const { name, version, fit, elsewhere, sourceAccuracy, sizeBytes, license } = candidate
  return {
    rank,
    model: name,
    version,
    score: scores.get(by[0]) ?? null,
    scores: Object.fromEntries(scores),
    accuracyInterval: verdict?.intervals.has(name) ? [...verdict.intervals.get(name)!] : null,
    fit: fit ?? null,
    elsewhere: elsewhere ?? null,
    labelsKnown: labelsKnown ?? null,
    layer: layer ?? null,
    layers: layers.map(one => ({ layer: one.layer, width: one.width, scores: Object.fromEntries(one.scores) })),
    ...{ sourceAccuracy, sizeBytes, license, millisecondsPerRow, fromCache },
  }
}

/** Names of the models of which a number is known, by it, the greatest first; ties by name. */
function namesBy(ranked: readonly RankedModel[], valueOf: (model: RankedModel) => number | null): string[] {
  return ranked
    .flatMap(model => {
      const value = valueOf(model)
      return value === null ? [] : [{ name: model.candidate.name, value }]
    })
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
}
