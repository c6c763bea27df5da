import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { NewEvaluation, VersionRecord } from '../catalog/index.ts'
import type { ActivationCache } from '../inference/index.ts'
import type { MatrixWork } from '../math/gram.ts'
import { knownClasses, measureModels, positiveLabel, runCandidates, type CandidatesRun } from '../rank/index.ts'
import type { CandidateMetrics } from '../search/index.ts'
import type { HubEvaluateOptions, LabelledDataset } from './evaluate-options.ts'
import type { EvaluationZoo } from './evaluation-zoo.ts'

const SAMPLE = 2_000

/** What the evaluations of all datasets share. */
export interface EvaluationRun extends Omit<HubEvaluateOptions, 'cache'> {
  readonly zoo: EvaluationZoo
  readonly cache?: ActivationCache
  readonly work: MatrixWork
  /** Folder for what is written meanwhile. */
  readonly scratch: string
  /** Told how many of the zoo's versions are done with. */
  readonly onVersions: (done: number) => void
}

/** Which versions to measure on one dataset. */
export interface FreshRun extends EvaluationRun {
  readonly wanted: readonly VersionRecord[]
  /** Ids of those that the history has an evaluation of. */
  readonly known: ReadonlySet<number>
  /** What sketches say of each, by `owner/model@3`; undefined where the dataset cannot be sketched. */
  readonly metrics?: ReadonlyMap<string, CandidateMetrics>
}

/** A version that could not be evaluated on a dataset. */
export interface EvaluationFailure {
  readonly version: VersionRecord
  readonly code: string
  /** One sentence, without the model's name. */
  readonly reason: string
}

/** What was measured on one dataset. */
export interface Fresh {
  /** None of them marked as own. */
  readonly evaluations: readonly NewEvaluation[]
  readonly failures: readonly EvaluationFailure[]
  readonly warnings: readonly string[]
}

/** `owner/model@3` */
export function refOf({ name, version }: { readonly name: string; readonly version: number }): string {
  return `${name}@${version}`
}

/**
 * Measures the wanted versions that the history has not. Where one of them gives an answer, those that it has are run
 * too, or taken from the cache: agreement is among all models.
 *
 * @throws TOO_FEW_ROWS where no row has a label, USAGE where F1 has no positive label, CANCELLED, and what preparing the dataset throws
 */
export async function measureFresh(dataset: LabelledDataset, run: FreshRun): Promise<Fresh> {
  const { wanted, known, zoo, onVersions } = run
  const missing = wanted.filter(({ id }) => !known.has(id))
  const skipped = zoo.versions.length - missing.length
  onVersions(skipped)
  if (missing.length === 0) return { evaluations: [], failures: [], warnings: [] }
  const first = await runVersions(dataset, missing, { ...run, onVersions: done => onVersions(skipped + done) })
  const versionOf = ({ candidate }: { candidate: { name: string; version: number } }) =>
    wanted.find(version => refOf(version) === refOf(candidate))!
  const labels = first.target?.labels ?? []
  const [usable, useless] = partition(first.run, ({ answers }) =>
    knownClasses(labels, answers.labels).some(label => label >= 0),
  )
  const failures: EvaluationFailure[] = [
    ...first.failed.map(failed => ({ version: versionOf(failed), code: failed.code, reason: failed.reason })),
    ...useless.map(one => ({ version: versionOf(one), code: 'MODEL_MISMATCH', reason: 'it knows none of the labels' })),
  ]
  const { warnings = [] } = first.target ?? {}
  if (usable.length === 0) return { evaluations: [], failures, warnings }
  const rest = wanted.filter(({ id }) => known.has(id))
  const others =
    rest.length === 0 ? [] : (await runVersions(dataset, rest, { ...run, onVersions: () => undefined })).run
  const all = [...usable, ...others]
  const positive = run.measure === 'f1' ? positiveLabel(labels, run.positive) : undefined
  const measured = await measureModels(
    all.map(({ answers }) => answers),
    first.target!,
    { work: run.work, positive },
  )
  const evaluations = all.map((one, m) => {
    const version = versionOf(one)
    const { overlap, metrics } = run.metrics?.get(refOf(version)) ?? {}
    const scores = { ...(overlap === undefined ? {} : { overlap }), ...metrics, ...measured[m].scores }
    const value = run.measure === 'f1' ? measured[m].f1! : measured[m].accuracy!
    return { versionId: version.id, rows: measured[m].rows, value, own: false, scores }
  })
  return { evaluations, failures, warnings }
}

/** Runs versions on a dataset; what is written meanwhile is taken away. */
async function runVersions(
  { places, labels }: LabelledDataset,
  versions: readonly VersionRecord[],
  run: FreshRun,
): Promise<CandidatesRun> {
  const { zoo, metrics, sample = SAMPLE, onVersions } = run
  const scratch = join(run.scratch, 'run')
  const candidates = await Promise.all(
    versions.map(version => zoo.candidate(version, metrics?.get(refOf(version))?.metrics.fit)),
  )
  try {
    const running = {
      ...run,
      ...{ sample, labels, onProgress: undefined, scratch, needsLabels: 'an evaluation', onCandidate: onVersions },
    }
    return await runCandidates(candidates, places, running)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function partition<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter(one => !isFirst(one))]
}
