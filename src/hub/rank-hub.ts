import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalog } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import type { LayerChoice, Pooling, RunLimits } from '../inference/index.ts'
import { rankModels, successiveHalving, type HalvedRanking, type RankCandidate, type Ranking } from '../rank/index.ts'
import { chooseVersions, type ChosenVersion } from './choose-versions.ts'
import type { DataOptions } from './load-sketch.ts'
import { unpackModel } from './model-files.ts'
import { rankResult } from './rank-result.ts'
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
