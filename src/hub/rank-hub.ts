import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalog } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import type { LayerChoice } from '../inference/index.ts'
import { rankModels, successiveHalving, type HalvedRanking, type RankCandidate, type Ranking } from '../rank/index.ts'
import { chooseVersions, type ChosenVersion } from './choose-versions.ts'
import { unpackModel } from './model-files.ts'
import type { HubRankOptions } from './rank-options.ts'
import { rankResult } from './rank-result.ts'
import type { RankResult } from './rank-result-schema.ts'

const SAMPLE = 2_000

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
    return rankResult(ranking, {
      source: places.join(' '),
      ...options,
      elapsedMs: Math.round(performance.now() - started),
    })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function runRanking(
  candidates: readonly RankCandidate[],
  places: readonly string[],
  options: HubRankOptions & { readonly scratch: string },
): Promise<Ranking | HalvedRanking> {
  const { layer = 'last', sample = SAMPLE, budgetSeconds, signal } = options
  const layers: LayerChoice = layer === 'last' || layer === 'all' ? layer : [layer]
  const work = { signal }
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
