import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Catalog } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import { requireMargin, withLabels, type Decision } from '../decision/index.ts'
import { ortEngine } from '../inference/index.ts'
import { rankModels, successiveHalving, type HalvedRanking, type RankCandidate, type Ranking } from '../rank/index.ts'
import { openActivationCache } from './activation-cache.ts'
import { chooseVersions, type ChosenVersions } from './choose-versions.ts'
import { datasetName } from './dataset-identity.ts'
import { decideRun } from './decide-run.ts'
import { layerChoice } from './layer-choice.ts'
import { candidateOf } from './model-to-run.ts'
import type { HubRankOptions } from './rank-options.ts'
import { rankingPick } from './ranking-pick.ts'
import { rankResult } from './rank-result.ts'
import type { RankResult } from './rank-result-schema.ts'
import { scratchFolder } from './scratch-folder.ts'
import type { SearchedHub } from './search-hub.ts'

const SAMPLE = 2_000

/** A ranking with all that the models gave, and as the object that is published. */
export interface RankedOnHub {
  readonly ranking: Ranking | HalvedRanking
  readonly result: RankResult
}

/**
 * Runs models of a hub on a target and ranks them by what they say of it. The data are read here and go nowhere.
 *
 * @param places data files; a sketch cannot be run on
 * @throws USAGE, MODEL_NOT_FOUND, and what reading, sketching and preparing the target throw
 */
export async function rankHub(
  hub: SearchedHub,
  places: readonly string[],
  options: HubRankOptions,
): Promise<RankedOnHub> {
  const started = performance.now()
  if (options.within !== undefined) requireMargin(options.within)
  const ranked = await rankVersions(hub.catalog, places, {
    ...options,
    ...(await chooseVersions(hub, places, options)),
  })
  return { ...ranked, result: { ...ranked.result, elapsedMs: Math.round(performance.now() - started) } }
}

/**
 * The same of versions that were chosen already.
 *
 * @throws USAGE, OUT_OF_RANGE, and what preparing the target throws
 */
export async function rankVersions(
  catalog: Catalog,
  places: readonly string[],
  { chosen, ...options }: HubRankOptions & ChosenVersions,
): Promise<RankedOnHub> {
  const started = performance.now()
  const { within } = options
  if (within !== undefined) requireMargin(within)
  const scratch = await scratchFolder('rank')
  try {
    const candidates: RankCandidate[] = []
    for (const [i, { version, ...known }] of chosen.entries()) {
      candidates.push(await candidateOf(catalog, version, { ...known, folder: join(scratch, `model-${i}`) }))
    }
    const run = await runRanking(candidates, places, { ...options, scratch })
    const predicted = await decideRun(catalog, run, datasetName(places))
    const decision = predicted && run.verdict ? withLabels(predicted, run.verdict.counts) : predicted
    const ranking = inDecidedOrder(run, decision, options)
    const result = rankResult(ranking, {
      source: places.join(' '),
      ...options,
      decision,
      elapsedMs: Math.round(performance.now() - started),
    })
    const pick = within === undefined ? undefined : rankingPick(result, within)
    return { ranking, result: pick ? { ...result, pick } : result }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Labelled rows up to which what was predicted without them says something beside them. */
const FEW_LABELS = 50

/**
 * Without scores to rank by the decision is the order where there are no labels, or so few that their accuracies alone
 * would be chance.
 */
function inDecidedOrder<R extends Ranking>(run: R, decision: Decision | undefined, { by }: HubRankOptions): R {
  const isAsked = (by ?? []).length > 0
  const labelled = run.target?.labels?.filter(label => label !== undefined).length ?? 0
  // Where models know too few of the labels for their accuracies to be compared, neuralRank decides.
  const isDecided = labelled === 0 || (labelled <= FEW_LABELS && run.by[0] === 'accuracy')
  if (!decision || isAsked || !isDecided) return run
  const place = new Map(decision.candidates.map(({ name }, i) => [name, i]))
  const values = new Map(decision.candidates.map(({ name, value }) => [name, value]))
  const ranked = [...run.ranked].sort((a, b) => place.get(a.candidate.name)! - place.get(b.candidate.name)!)
  const scored = ranked.map(model => {
    return { ...model, scores: new Map([...model.scores, ['expected', values.get(model.candidate.name)!] as const]) }
  })
  return { ...run, by: ['expected'], ranked: scored }
}

async function runRanking(
  candidates: readonly RankCandidate[],
  places: readonly string[],
  options: HubRankOptions & { readonly scratch: string },
): Promise<Ranking | HalvedRanking> {
  const { sample = SAMPLE, budgetSeconds, signal } = options
  if (budgetSeconds !== undefined && sample === 'all') {
    throw new ModelHubError('USAGE', 'budget: expected a number of rows as sample, got all')
  }
  const cache = options.cache && (await openActivationCache(options.cache))
  const engine = ortEngine()
  const common = { ...options, cache, layers: layerChoice(options.layer), work: { engine, signal } }
  try {
    if (budgetSeconds === undefined || sample === 'all')
      return await rankModels(candidates, places, { ...common, sample })
    return await successiveHalving(candidates, places, { ...common, sample, budgetSeconds })
  } finally {
    await engine.close()
  }
}
