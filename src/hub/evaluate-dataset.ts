import {
  listEvaluations,
  recordEvaluations,
  type Catalog,
  type EvaluatedDataset,
  type VersionRecord,
} from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import { VERSION } from '../common/version.ts'
import { candidateMetrics, DEFAULT_PARAMETERS, type CandidateMetrics } from '../search/index.ts'
import { areReadyTensors, tensorsSha256 } from './dataset-identity.ts'
import type { LabelledDataset } from './evaluate-options.ts'
import type { EvaluationZoo } from './evaluation-zoo.ts'
import { sketchData } from './load-sketch.ts'
import { measureFresh, refOf, type EvaluationFailure, type EvaluationRun } from './measure-fresh.ts'
import { ownReason, type OwnReason } from './own-datasets.ts'

/** A labelled dataset with its name, and the versions that the user called its own. */
export interface NamedDataset extends LabelledDataset {
  readonly name: string
  readonly told: ReadonlySet<number>
}

/** What became of one dataset. */
export interface EvaluatedOn {
  readonly dataset: EvaluatedDataset
  /** Versions that the history has an evaluation of now and had none before. */
  readonly evaluated: number
  /** Versions that the history had an evaluation of. */
  readonly stored: number
  /** Why it is a version's own. */
  readonly own: readonly { readonly version: VersionRecord; readonly why: OwnReason }[]
  readonly failures: readonly EvaluationFailure[]
  readonly warnings: readonly string[]
}

/**
 * Evaluates the models that fit a dataset on it, but for those that the history has, and records all of them at once.
 *
 * @throws MODEL_NOT_FOUND when no model fits, TOO_FEW_ROWS without labels, WRITE_FAILED once what was measured is
 *   recorded, and what sketching and preparing throw
 */
export async function evaluateDataset(
  catalog: Catalog,
  dataset: NamedDataset,
  run: EvaluationRun,
): Promise<EvaluatedOn> {
  const { identity, metrics, warnings } = await lookAt(dataset, run)
  const wanted = run.zoo.versions.filter(version => isWanted(version, metrics, run))
  if (wanted.length === 0) {
    throw new ModelHubError('MODEL_NOT_FOUND', 'no model of the hub shares enough features with it')
  }
  const own = await ownOf(identity, wanted, { zoo: run.zoo, told: dataset.told })
  const { measure = 'accuracy' } = run
  const history = run.again ? [] : await listEvaluations(catalog.db, { datasetSha256: identity.sha256 })
  const stored = history.filter(
    ({ versionId, metric }) => metric === measure && wanted.some(({ id }) => id === versionId),
  )
  const known = new Set(stored.map(({ versionId }) => versionId))
  const fresh = await measureFresh(dataset, { ...run, wanted, known, metrics })
  const isOwn = new Set([
    ...own.map(({ version }) => version.id),
    ...stored.flatMap(({ versionId, own: was }) => (was ? versionId : [])),
  ])
  const measured = new Set(fresh.evaluations.map(({ versionId }) => versionId))
  const toldSince = stored.filter(({ versionId, own: was }) => !was && !measured.has(versionId) && isOwn.has(versionId))
  const evaluations = [...fresh.evaluations, ...toldSince].map(one => ({ ...one, own: isOwn.has(one.versionId) }))
  const { outdated } = await catalog.write(tx =>
    recordEvaluations(tx, {
      ...{ dataset: identity, metric: measure, toolVersion: VERSION },
      ...{ createdAt: new Date().toISOString(), evaluations },
    }),
  )
  const unwritten = fresh.failures.find(({ code }) => code === 'WRITE_FAILED')
  // No model's fault: the others would meet it, too.
  if (unwritten) throw new ModelHubError('WRITE_FAILED', `${dataset.name}: ${unwritten.reason}`)
  const dropped = `${dataset.name}: the data are others than before: ${outdated} earlier evaluations dropped`
  return {
    ...{ dataset: identity, own, failures: fresh.failures, stored: known.size },
    evaluated: fresh.evaluations.filter(({ versionId }) => !known.has(versionId)).length,
    warnings: [...warnings, ...fresh.warnings, ...(outdated > 0 ? [dropped] : [])],
  }
}

interface Look {
  readonly identity: EvaluatedDataset
  /** By `owner/model@3`; undefined where the dataset cannot be sketched. */
  readonly metrics?: ReadonlyMap<string, CandidateMetrics>
  readonly warnings: readonly string[]
}

/** The dataset by its sketch; ready tensors by their files. */
async function lookAt({ name, places }: NamedDataset, run: EvaluationRun): Promise<Look> {
  if (areReadyTensors(places)) return { identity: { name, sha256: await tensorsSha256(places) }, warnings: [] }
  const { sketch, sha256, warnings } = await sketchData(places, { ...run, onProgress: undefined })
  const found = candidateMetrics(sketch, run.zoo.domains, run)
  const metrics = new Map(found.map(one => [refOf(one.candidate), one]))
  return { identity: { name, sha256 }, metrics, warnings }
}

function isWanted(version: VersionRecord, metrics: Look['metrics'], { models, t1 }: EvaluationRun): boolean {
  if (models !== undefined || metrics === undefined) return true
  return (metrics.get(refOf(version))?.overlap ?? 0) > (t1 ?? DEFAULT_PARAMETERS.t1)
}

async function ownOf(
  identity: EvaluatedDataset,
  versions: readonly VersionRecord[],
  { zoo, told }: { readonly zoo: EvaluationZoo; readonly told: ReadonlySet<number> },
): Promise<EvaluatedOn['own']> {
  const found: { version: VersionRecord; why: OwnReason }[] = []
  for (const version of versions) {
    const why = ownReason(identity, version, { told, card: await zoo.card(version) })
    if (why) found.push({ version, why })
  }
  return found
}
