import { join } from 'node:path'
import pLimit from 'p-limit'
import { ModelHubError, type ProgressHook } from '../common/index.ts'
import { WorkerPool } from '../inference/index.ts'
import type { PreparedDataset, PrepareOptions } from '../inputs/index.ts'
import { inLanes } from './in-lanes.ts'
import { machineShare, threadsOf } from './machine-share.ts'
import { preparedTargets } from './prepared-targets.ts'
import type { RankCandidate } from './rank-candidate.ts'
import { runCandidate, type FailedCandidate, type RunCandidate, type RunCandidateOptions } from './run-candidate.ts'

/** How models are run on a target. */
export interface RunCandidatesOptions
  extends Omit<RunCandidateOptions, 'threads' | 'turn' | 'pool'>, Omit<PrepareOptions, 'folder' | 'modelFolder'> {
  /** Models that run at a time, the cores shared between them; chosen by cores and free memory when absent. */
  readonly atOnce?: number
  /** What needs labels: where no row has one, every model fails. */
  readonly needsLabels?: string
  /** Told after each model how many are done. */
  readonly onCandidate?: (done: number) => void
}

export interface CandidatesRun {
  readonly run: readonly RunCandidate[]
  readonly failed: readonly FailedCandidate[]
  /** The rows they were run on; undefined where no model could be fed. */
  readonly target?: PreparedDataset
}

/**
 * Runs models on a target, each in a process apart, a few at a time: while they run the next one is opened, and the one
 * before is read and scored. What goes wrong with one model is that model's failure; a target that no model can be fed is
 * everybody's.
 *
 * @throws CANCELLED; what preparing the target throws, when it is the same for all models
 */
export async function runCandidates(
  candidates: readonly RankCandidate[],
  places: readonly string[],
  options: RunCandidatesOptions,
): Promise<CandidatesRun> {
  const { scratch, signal } = options
  const targets = inTurn(preparedTargets(places, join(scratch, 'inputs'), options).forModel)
  const { cores, ahead, ...share } = machineShare(candidates.length, options.limits)
  const atOnce = options.atOnce ?? share.atOnce
  const turn = pLimit(atOnce)
  const pool = new WorkerPool(candidates.length)
  const threads = threadsOf(candidates.length, { atOnce, cores })
  const progress = sumOfProgress(candidates.length, options.onProgress)
  let target: PreparedDataset | undefined
  let done = 0
  const outcomes = await inLanes(candidates, { count: atOnce + ahead, signal }, async (candidate, i, ended) => {
    const attempt = async () => {
      const dataset = await targets(candidate)
      if (options.needsLabels !== undefined) checkLabels(dataset, places, options.needsLabels)
      target ??= dataset
      const own = {
        scratch: join(scratch, 'outputs', String(i)),
        threads: threads[i],
        turn,
        pool,
        signal: ended,
        onProgress: progress(i),
      }
      return runCandidate(candidate, dataset, { ...options, ...own })
    }
    const outcome = await attempt().catch((error: unknown) => failureOf(candidate, error))
    options.onCandidate?.(++done)
    return outcome
  }).finally(() => pool.close())
  const failed = outcomes.filter(outcome => 'code' in outcome)
  const [first] = failed
  const forAll = failed.length === candidates.length && failed.every(({ reason }) => reason === first.reason)
  if (target === undefined && forAll && first?.cause) throw first.cause
  return { run: outcomes.filter(outcome => 'answers' in outcome), failed, target }
}

function checkLabels({ labels }: PreparedDataset, places: readonly string[], needs: string): void {
  if (labels?.some(label => label !== undefined)) return
  throw new ModelHubError('TOO_FEW_ROWS', `${places.join(' ')}: expected rows with a label for ${needs}, got 0`)
}

/** Lets calls wait for those before, so that what they do does not depend on who is faster. */
function inTurn<Argument, Result>(work: (argument: Argument) => Promise<Result>) {
  let last: Promise<unknown> = Promise.resolve()
  return (argument: Argument): Promise<Result> => {
    const result = last.then(() => work(argument))
    last = result.catch(() => undefined)
    return result
  }
}

/** @throws whatever is no fault of the model: CANCELLED, and errors that are none of ours */
function failureOf(candidate: RankCandidate, error: unknown): FailedCandidate {
  if (!(error instanceof ModelHubError) || error.code === 'CANCELLED') throw error
  return { candidate, code: error.code, reason: error.message, cause: error }
}

/** Rows of all models together, from what each of them says of its own. */
function sumOfProgress(models: number, onProgress?: ProgressHook): (model: number) => ProgressHook {
  const done = new Float64Array(models)
  return model => event => {
    done[model] = event.done
    const total = event.total === undefined ? undefined : event.total * models
    onProgress?.({ ...event, done: done.reduce((sum, rows) => sum + rows, 0), total })
  }
}
