import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findVersion, type Catalog } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import { withTemperature } from '../confidence/index.ts'
import { combineAnswers } from '../decision/index.ts'
import { mostProbable } from '../math/probabilities.ts'
import { runCandidates, type RankCandidate, type RunCandidate } from '../rank/index.ts'
import { targetBundle, type SearchParameters, type TargetBundle } from '../search/index.ts'
import { openActivationCache } from './activation-cache.ts'
import { requireJoint } from './bundle-result.ts'
import { checkParameters } from './check-parameters.ts'
import { loadCandidates } from './load-candidates.ts'
import { sketchData, type DataOptions } from './load-sketch.ts'
import { candidateOf } from './model-to-run.ts'
import { accuracyOf, type Predictions } from './predict.ts'
import type { RunOneOptions } from './run-one.ts'
import { scratchFolder } from './scratch-folder.ts'

/** How the models of a bundle answer together. */
export interface BundleOptions extends DataOptions, RunOneOptions, Partial<Omit<SearchParameters, 'metric'>> {
  /** Models to choose the bundle from, as `owner/model` or `owner/model@3`; all of the hub when absent. */
  readonly models?: readonly string[]
  readonly excludeModels?: readonly string[]
  /** Only models that fulfil this condition. */
  readonly where?: string
  /** `route`: the nearest model that covers a row's part. `average`: all that cover it. Default `route`. */
  readonly combine?: 'route' | 'average'
}

/** What the models of a bundle say of the rows of a dataset. */
export interface BundlePredictions extends Predictions {
  /** The models, in order of gain. */
  readonly models: readonly string[]
  /** Places in `models` of those that answered, shape (rows). */
  readonly answeredBy: readonly (readonly number[])[]
  /** Share of the rows in parts that a model covers, in [0, 1]. */
  readonly coverage: number
}

/**
 * Runs the models that together cover most of a dataset, and lets each row be answered by those that cover its part. A
 * row that none covers is answered by the one whose training data come nearest.
 *
 * @throws MODEL_NOT_FOUND when no model covers any part; and what `runOne` and `searchHub` throw
 */
export async function predictBundle(
  catalog: Catalog,
  places: readonly string[],
  options: BundleOptions,
): Promise<BundlePredictions> {
  const { bundle, cellOfRow } = await bundleOf(catalog, places, options)
  const { run, target } = await runAll(catalog, bundle, { places, options })
  const ways = options.combine === 'average' ? bundle.covering : []
  const asked = Array.from(target.rowNumbers, row => {
    const part = cellOfRow === undefined ? 0 : cellOfRow[row]
    return ways[part]?.length ? ways[part] : [bundle.route[part]]
  })
  const { labels, probabilities } = combineAnswers(run.map(atOwnTemperature), asked)
  const predicted = mostProbable(probabilities)
  const models = bundle.models.map(({ model }) => model)
  return {
    ...{ model: models.join(' + '), models, labels, probabilities, predicted, answeredBy: asked },
    rowNumbers: target.rowNumbers,
    coverage: bundle.share,
    accuracy: target.labels && accuracyOf(predicted, target.labels, labels),
    warnings: target.warnings,
  }
}

async function bundleOf(catalog: Catalog, places: readonly string[], options: BundleOptions) {
  const parameters = checkParameters({ ...options, metric: 'fit', top: 1 })
  requireJoint(parameters)
  const { models, excludeModels: exclude, where } = options
  let cellOfRow: Int32Array | undefined
  const { sketch } = await sketchData(places, { ...options, seed: 0, onCells: cells => (cellOfRow = cells) })
  const only = models && (await Promise.all(models.map(name => findVersion(catalog.db, name))))
  const bundle = targetBundle(sketch, await loadCandidates(catalog, { exclude, where, only }), parameters)
  if (bundle.models.length > 0) return { bundle, cellOfRow }
  throw new ModelHubError('MODEL_NOT_FOUND', 'no model of the hub covers any part of the target')
}

interface Running {
  readonly places: readonly string[]
  readonly options: BundleOptions
}

async function runAll(catalog: Catalog, bundle: TargetBundle, { places, options }: Running) {
  const scratch = await scratchFolder('bundle')
  try {
    const candidates: RankCandidate[] = []
    for (const [i, { model, version }] of bundle.models.entries()) {
      const found = await findVersion(catalog.db, `${model}@${version}`)
      candidates.push(await candidateOf(catalog, found, { folder: join(scratch, `model-${i}`) }))
    }
    const cache = options.cache && (await openActivationCache(options.cache))
    const running = { sample: 'all' as const, ...options, layers: [], cache, scratch }
    const { run, failed, target } = await runCandidates(candidates, places, running)
    const [failure] = failed
    if (failure) throw new ModelHubError(failure.code, `${failure.candidate.name}: ${failure.reason}`)
    return { run, target: target! }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function atOwnTemperature({ answers: { labels, probabilities }, candidate }: RunCandidate) {
  const temperature = candidate.card.frontMatter.modelhub.calibration?.temperature ?? 1
  return { labels, probabilities: withTemperature(probabilities, temperature) }
}
