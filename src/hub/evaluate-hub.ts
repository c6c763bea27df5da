import { rm } from 'node:fs/promises'
import { findVersion, listEvaluations, type Catalog } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import { ortEngine } from '../inference/index.ts'
import { openActivationCache } from './activation-cache.ts'
import { datasetName } from './dataset-identity.ts'
import { evaluateDataset, type EvaluatedOn, type NamedDataset } from './evaluate-dataset.ts'
import type { HubEvaluateOptions, LabelledDataset } from './evaluate-options.ts'
import type { EvaluationResult } from './evaluation-result-schema.ts'
import { openEvaluationZoo, type EvaluationZoo } from './evaluation-zoo.ts'
import { meansElsewhere } from './means-elsewhere.ts'
import { scratchFolder } from './scratch-folder.ts'

/** What cuts it off, so that the same again may go on. */
const CUT_OFF = ['CANCELLED', 'HUB_BUSY', 'HUB_UNREACHABLE', 'WRITE_FAILED']

/** What ends the whole of it, whichever dataset it comes from. */
const FATAL = [...CUT_OFF, 'HUB_DAMAGED', 'INTERNAL']

interface DatasetFailure {
  readonly name: string
  readonly error: ModelHubError
}

/**
 * Evaluates the models of a hub on labelled datasets, one dataset after another, and keeps the results as the hub's
 * history. A dataset is recorded once it is done: what was cut off goes on there when it is done again.
 *
 * @throws USAGE for datasets without a name of their own, MODEL_NOT_FOUND for models that are not there, CANCELLED,
 *   WRITE_FAILED, and what the first dataset failed with where all of them failed
 */
export async function evaluateHub(
  catalog: Catalog,
  datasets: readonly LabelledDataset[],
  options: HubEvaluateOptions,
): Promise<EvaluationResult> {
  const started = performance.now()
  const named = await namedDatasets(catalog, datasets, options.own)
  const scratch = await scratchFolder('evaluate')
  const engine = ortEngine()
  try {
    const cache = options.cache && (await openActivationCache(options.cache))
    const zoo = await openEvaluationZoo(catalog, options, scratch)
    const run = { ...options, zoo, cache, scratch, work: { engine, signal: options.signal } }
    const done: EvaluatedOn[] = []
    const failed: DatasetFailure[] = []
    for (const [i, dataset] of named.entries()) {
      const onVersions = progressFrom(i, { datasets: named.length, zoo, options })
      try {
        done.push(await evaluateDataset(catalog, dataset, { ...run, onVersions }))
      } catch (error) {
        if (!(error instanceof ModelHubError) || FATAL.includes(error.code)) throw cutOff(error, done.length, named)
        failed.push({ name: dataset.name, error })
      }
    }
    if (done.length === 0) throw failed[0].error
    const elapsedMs = Math.round(performance.now() - started)
    return await resultOf(catalog, { zoo, done, failed, options, elapsedMs })
  } finally {
    await engine.close()
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Datasets with their names, which must differ, and with the versions that are said to be their own. */
async function namedDatasets(
  catalog: Catalog,
  datasets: readonly LabelledDataset[],
  own: HubEvaluateOptions['own'] = {},
): Promise<readonly NamedDataset[]> {
  const named: NamedDataset[] = []
  for (const dataset of datasets) {
    const name = dataset.name ?? datasetName(dataset.places)
    if (!name) {
      throw new ModelHubError('USAGE', `${dataset.places.join(' ')}: expected a name, as NAME=DATA, for several files`)
    }
    if (named.some(other => other.name === name)) {
      throw new ModelHubError(
        'USAGE',
        `${name}: expected one dataset of that name, got two; name one of them NAME=DATA`,
      )
    }
    const told = await Promise.all((own[name] ?? []).map(model => findVersion(catalog.db, model)))
    named.push({ ...dataset, name, told: new Set(told.map(({ id }) => id)) })
  }
  const unknown = Object.keys(own).find(name => !named.some(other => other.name === name))
  if (unknown !== undefined) throw new ModelHubError('USAGE', `own: expected the name of a dataset, got ${unknown}`)
  if (named.length === 0) throw new ModelHubError('USAGE', 'datasets: expected at least one')
  return named
}

/** Reports how many of all pairs of a dataset and a version are done with. */
function progressFrom(
  at: number,
  { datasets, zoo, options }: { datasets: number; zoo: EvaluationZoo; options: HubEvaluateOptions },
): (done: number) => void {
  const { length } = zoo.versions
  return done =>
    options.onProgress?.({ stage: 'evaluating', done: at * length + done, total: datasets * length, unit: 'models' })
}

/** Says what is kept of work that was cut off. */
function cutOff(error: unknown, done: number, { length }: readonly NamedDataset[]): unknown {
  if (!(error instanceof ModelHubError && CUT_OFF.includes(error.code))) return error
  const kept = `${done} of ${length} datasets are recorded; the same again goes on from there`
  return new ModelHubError(error.code, `${error.message}; ${kept}`, { cause: error })
}

interface Outcome {
  readonly zoo: EvaluationZoo
  readonly done: readonly EvaluatedOn[]
  readonly failed: readonly DatasetFailure[]
  readonly options: HubEvaluateOptions
  readonly elapsedMs: number
}

async function resultOf(
  catalog: Catalog,
  { zoo, done, failed, options: { sample = 2000, seed = 0 }, elapsedMs }: Outcome,
): Promise<EvaluationResult> {
  const evaluated = new Set(done.map(({ dataset }) => dataset.sha256))
  const ofZoo = new Set(zoo.versions.map(({ id }) => id))
  const history = (await listEvaluations(catalog.db)).filter(
    ({ versionId, datasetSha256 }) => ofZoo.has(versionId) && evaluated.has(datasetSha256),
  )
  return {
    parameters: { sample, seed: Number(seed) },
    datasets: done.map(({ dataset, evaluated: fresh, stored, own }) => ({
      ...{ name: dataset.name, sha256: dataset.sha256, evaluated: fresh, stored },
      own: own.map(({ version: { name, version }, why }) => ({ model: name, version, why })),
    })),
    models: meansElsewhere(history).map(mean => ({ ...mean })),
    evaluations: history.map(({ model, version, dataset, metric, value, rows, own, scores }) => {
      return { model, version, dataset, metric, value, rows, own, scores }
    }),
    failures: [
      ...failed.map(({ name, error: { code, message } }) => {
        return { dataset: name, model: null, version: null, code, reason: message }
      }),
      ...done.flatMap(({ dataset, failures }) =>
        failures.map(({ version: { name, version }, code, reason }) => {
          return { dataset: dataset.name, model: name, version, code, reason }
        }),
      ),
    ],
    warnings: [...new Set(done.flatMap(({ warnings }) => warnings))],
    elapsedMs,
  }
}
