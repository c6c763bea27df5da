import type { HalvedRanking, RankedModel, Ranking } from '../rank/index.ts'
import type { ChosenVersions } from './choose-versions.ts'
import type { RankResult } from './rank-result-schema.ts'

/** What a ranking was asked for, and how long it took. */
export interface RankRequest extends Omit<ChosenVersions, 'chosen'> {
  readonly source: string
  readonly layer?: string
  readonly pca?: number
  readonly sample?: number | 'all'
  readonly seed?: number
  readonly elapsedMs: number
}

/** A ranking as the object that is published as JSON. */
export function rankResult(ranking: Ranking | HalvedRanking, request: RankRequest): RankResult {
  const { by, ranked, failed, target, alarm } = ranking
  const { layer = 'last', pca = 10, sample = 2000, seed = 0 } = request
  return {
    query: { ...queryOf(target, request.source), sketchSha256: request.sketchSha256 },
    parameters: { by: [...by], sample, seed, layer, pca },
    results: ranked.map((model, i) => resultRow(model, i + 1, ranking)),
    considered: [...request.considered],
    hubRevision: request.hubRevision,
    failures: failed.map(({ candidate: { name, version }, code, reason }) => ({ model: name, version, code, reason })),
    verdict: verdictOf(ranking),
    alarm: alarm ? { ...alarm, camps: alarm.camps.map(camp => [...camp]) } : null,
    rounds: 'rounds' in ranking ? ranking.rounds.map(round => ({ ...round })) : [],
    baselines: {
      sourceAccuracy: namesBy(ranked, ({ candidate }) => candidate.sourceAccuracy),
      fit: namesBy(ranked, ({ candidate }) => candidate.fit ?? null),
    },
    warnings: [...(target?.warnings ?? [])],
    elapsedMs: request.elapsedMs,
  }
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
  const { candidate, scores, labelsKnown, layer, millisecondsPerRow, fromCache } = model
  const { name, version, fit, sourceAccuracy, sizeBytes, license } = candidate
  return {
    rank,
    model: name,
    version,
    score: scores.get(by[0]) ?? null,
    scores: Object.fromEntries(scores),
    accuracyInterval: verdict?.intervals.has(name) ? [...verdict.intervals.get(name)!] : null,
    fit: fit ?? null,
    labelsKnown: labelsKnown ?? null,
    layer: layer ?? null,
    ...{ sourceAccuracy, sizeBytes, license, millisecondsPerRow, fromCache },
  }
}

/** Names by a number, the greatest first; those without it last, ties by name. */
function namesBy(ranked: readonly RankedModel[], valueOf: (model: RankedModel) => number | null): string[] {
  const value = (model: RankedModel) => valueOf(model) ?? -Infinity
  return [...ranked]
    .sort((a, b) => value(b) - value(a) || (a.candidate.name < b.candidate.name ? -1 : 1))
    .map(({ candidate }) => candidate.name)
}
