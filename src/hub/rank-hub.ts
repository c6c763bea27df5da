import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalog } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import { ortEngine, type LayerChoice, type Pooling, type RunLimits } from '../inference/index.ts'
import {
  rankModels,
  successiveHalving,
  type HalvingRound,
  type RankCandidate,
  type RankedModel,
  type Ranking,
} from '../rank/index.ts'
import { chooseVersions, type ChosenVersion } from './choose-versions.ts'
import type { DataOptions } from './load-sketch.ts'
import { unpackModel } from './model-files.ts'
import type { RankResult } from './rank-result-schema.ts'
import type { SearchOptions } from './search-hub.ts'

const SAMPLE = 2_000

export interface HubRankOptions
  extends DataOptions, Pick<SearchOptions, 'match' | 't1' | 't2' | 'excludeModels' | 'where'> {
  /** Models to run, as `owner/model` or `owner/model@3`. */
  readonly models?: readonly string[]
  /** How many of the best by fit to run; default 5. */
  readonly shortlist?: number
  /** Run every model of the hub. */
  readonly all?: boolean
  /** Scores to rank by, the first deciding. */
  readonly by?: readonly string[]
  readonly layer?: 'last' | string
  readonly pooling?: Pooling
  /** D of neuralRank; default 10. */
  readonly pca?: number
  /** Rows to run on; default 2,000. */
  readonly sample?: number | 'all'
  /** Table or .npy file of labels beside ready tensors. */
  readonly labels?: string
  readonly limits?: RunLimits
  /** Successive halving within this time. */
  readonly budgetSeconds?: number
  /** Train the last layer anew, too. */
  readonly probe?: boolean
}

/**
 * Runs models of a hub on a target and ranks them by what they say of it. The data are read here and go nowhere.
 *
 * @param places data files; a sketch cannot be run on
 * @throws USAGE, MODEL_NOT_FOUND, and what reading, sketching and preparing the target throw
 */
export async function rankHub(
  catalog: Catalog,
  places: readonly string[],
  options: HubRankOptions,
): Promise<RankResult> {
  const started = performance.now()
  const scratch = await mkdtemp(join(tmpdir(), 'modelhub-rank-'))
  try {
    const chosen = await chooseVersions(catalog, places, options)
    const candidates: RankCandidate[] = []
    for (const [i, { version, fit }] of chosen.entries()) {
      candidates.push(await rankCandidate(catalog, { version, fit, folder: join(scratch, `model-${i}`) }))
    }
    const ranking = await runRanking(candidates, places, { ...options, scratch })
    return { ...rankResult(places, ranking, options), elapsedMs: Math.round(performance.now() - started) }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

type RoundedRanking = Ranking & { readonly rounds?: readonly HalvingRound[] }

function runRanking(
  candidates: readonly RankCandidate[],
  places: readonly string[],
  options: HubRankOptions & { readonly scratch: string },
): Promise<RoundedRanking> {
  const { layer = 'last', sample = SAMPLE, budgetSeconds, signal } = options
  const layers: LayerChoice = layer === 'last' || layer === 'all' ? layer : [layer]
  const work = { engine: ortEngine(), signal }
  const common = { ...options, layers, work }
  if (budgetSeconds === undefined) return rankModels(candidates, places, { ...common, sample })
  if (sample === 'all') throw new ModelHubError('USAGE', 'budget: expected a number of rows as sample, got all')
  return successiveHalving(candidates, places, { ...common, sample, budgetSeconds })
}

async function rankCandidate(
  catalog: Catalog,
  { version, fit, folder }: ChosenVersion & { readonly folder: string },
): Promise<RankCandidate> {
  const { onnxPath, sha256, card } = await unpackModel(catalog, version, folder)
  const { name, sizeBytes, license, sourceAccuracy } = version
  const embedding = card.frontMatter.modelhub.embedding ?? version.lastDense
  return {
    ...{ name, version: version.version, folder, onnxPath, sha256, card, embedding },
    ...{ sizeBytes, license, sourceAccuracy, fit },
  }
}

function rankResult(
  places: readonly string[],
  { by, ranked, failed, target, alarm, rounds = [] }: RoundedRanking,
  { layer = 'last', pca = 10, sample = SAMPLE, seed = 0 }: HubRankOptions,
): Omit<RankResult, 'elapsedMs'> {
  const labelledRows = target?.labels?.filter(label => label !== undefined).length ?? 0
  return {
    query: {
      source: places.join(' '),
      rows: target?.rows ?? 0,
      datasetRows: target?.datasetRows ?? 0,
      labelledRows,
      inputsSha256: target?.sha256 ?? null,
    },
    parameters: { by: [...by], sample, seed, layer, pca },
    results: ranked.map((model, i) => resultRow(model, i + 1, by)),
    failures: failed.map(({ candidate: { name, version }, code, reason }) => ({ model: name, version, code, reason })),
    alarm: alarm ? { ...alarm, camps: alarm.camps.map(camp => [...camp]) } : null,
    rounds: [...rounds],
    baselines: {
      sourceAccuracy: namesBy(ranked, ({ candidate }) => candidate.sourceAccuracy),
      fit: namesBy(ranked, ({ candidate }) => candidate.fit ?? null),
    },
    warnings: [...(target?.warnings ?? [])],
  }
}

function resultRow({ candidate, scores, layer, millisecondsPerRow }: RankedModel, rank: number, by: readonly string[]) {
  const { name, version, fit, sourceAccuracy, sizeBytes, license } = candidate
  return {
    rank,
    model: name,
    version,
    score: scores.get(by[0]) ?? null,
    scores: Object.fromEntries(scores),
    fit: fit ?? null,
    layer: layer ?? null,
    ...{ sourceAccuracy, sizeBytes, license, millisecondsPerRow },
  }
}

/** Names by a number, the greatest first; those without it last, ties by name. */
function namesBy(ranked: readonly RankedModel[], valueOf: (model: RankedModel) => number | null): string[] {
  const value = (model: RankedModel) => valueOf(model) ?? -Infinity
  return [...ranked]
    .sort((a, b) => value(b) - value(a) || (a.candidate.name < b.candidate.name ? -1 : 1))
    .map(({ candidate }) => candidate.name)
}
