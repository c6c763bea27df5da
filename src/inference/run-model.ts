import { mkdir, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { byteSize } from '../common/byte-size.ts'
import { ModelHubError, throwIfCancelled, type ProgressHook } from '../common/index.ts'
import {
  DEFAULT_LIMITS,
  LEAST_MEMORY_BYTES,
  type ModelFailure,
  type ModelOutcome,
  type ModelOutputs,
  type ModelRun,
  type RunLimits,
} from './model-run.ts'
import { saysNoMemory } from './runtime-fault.ts'
import { MEMORY_EXCEEDED, type WorkerRequest, type WorkerResult } from './worker-message.ts'
import type { WorkerPool } from './worker-pool.ts'
import { inWorker, type Turn, type WorkerEnd, type WorkerWatch } from './worker-process.ts'

const LONGEST_QUOTE = 200

/** How a run is watched and stopped. */
export interface RunOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: ProgressHook
  /** Models that share turns are opened ahead, and run when it is theirs. */
  readonly turn?: Turn
  /** Models that share a pool run in each other's processes, as long as they come to their end; each in its own when absent. */
  readonly pool?: WorkerPool
}

/**
 * Runs an ONNX model on prepared inputs, in a process apart with limits on time and memory.
 *
 * Whatever the model does, be it a crash, a loop without end, numbers that are none or a wrong shape, comes back as a
 * {@link ModelFailure}.
 *
 * @throws CANCELLED; OUT_OF_RANGE for limits that are no positive numbers, or memory under 512 MiB; USAGE when the folder
 *   for the outputs is there already
 */
export async function runModel(
  run: ModelRun,
  { signal, onProgress, turn, pool }: RunOptions = {},
): Promise<ModelOutcome> {
  throwIfCancelled(signal, 'running a model')
  const limits = run.limits ?? DEFAULT_LIMITS
  checkLimits(limits)
  const request = requestOf(run, limits)
  await makeFolder(request.folder)
  try {
    const total = run.inputs.rows
    const onRows = (done: number) => onProgress?.({ stage: 'running', done, total, unit: 'rows' })
    const end = await inSoundWorker(request, { limits, signal, onRows, turn, pool })
    // What is done is kept, however late it was cancelled.
    if (end.last?.kind !== 'result') throwIfCancelled(signal, 'running a model')
    const outcome =
      end.last?.kind === 'result' ? outputsOf(end.last.result, request, end.seconds) : failure(end, limits)
    if (outcome.kind === 'failure') await rm(request.folder, { recursive: true, force: true })
    return outcome
  } catch (error) {
    await rm(request.folder, { recursive: true, force: true })
    throw error
  }
}

/** What fails in a process that has run other models may fail because of them: it counts only in one of its own. */
async function inSoundWorker(request: WorkerRequest, watch: WorkerWatch): Promise<WorkerEnd> {
  const end = await inWorker(request, watch)
  if (!end.isUsed || end.stopped !== undefined || end.last?.kind === 'result') return end
  throwIfCancelled(watch.signal, 'running a model')
  return inWorker(request, { ...watch, pool: undefined })
}

function requestOf(run: ModelRun, { memoryBytes }: RunLimits): WorkerRequest {
  const { scores, labels, layers, also, batch, threads } = run
  const { folder, rows, tensors, sha256 } = run.inputs
  return {
    ...{ scores, labels, layers, also, batch, threads },
    model: resolve(run.model),
    folder: resolve(run.folder),
    inputs: { folder: resolve(folder), rows, tensors, sha256 },
    pooling: run.pooling ?? 'auto',
    memoryBytes,
  }
}

function checkLimits({ seconds, memoryBytes }: RunLimits): void {
  if (!(seconds > 0)) throw new ModelHubError('OUT_OF_RANGE', `limits.seconds: expected more than 0, got ${seconds}`)
  if (!(memoryBytes >= LEAST_MEMORY_BYTES)) {
    const least = byteSize(LEAST_MEMORY_BYTES)
    throw new ModelHubError(
      'OUT_OF_RANGE',
      `limits.memoryBytes: expected at least ${least}, got ${byteSize(memoryBytes)}`,
    )
  }
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  await mkdir(folder).catch((cause: unknown) => {
    throw new ModelHubError('USAGE', `${folder}: expected a folder that is not there yet`, { cause })
  })
}

function outputsOf(result: WorkerResult, { folder, inputs }: WorkerRequest, seconds: number): ModelOutputs {
  const { tensors, ...more } = result
  const outputs = new Map(tensors.map(({ name, file, shape }) => [name, { path: join(folder, file), shape }]))
  const { rows } = inputs
  return { kind: 'outputs', outputs, ...more, rows, seconds, millisecondsPerRow: (1000 * more.secondsInRuntime) / rows }
}

function failure({ last, stopped, exitCode, signal, stderr }: WorkerEnd, limits: RunLimits): ModelFailure {
  if (last?.kind === 'failure') return { kind: 'failure', code: last.code, reason: last.reason }
  if (stopped === 'time') {
    return { kind: 'failure', code: 'MODEL_LIMIT', reason: `it ran longer than the ${limits.seconds} s it is allowed` }
  }
  if (stderr.includes(MEMORY_EXCEEDED) || saysNoMemory(stderr)) {
    const reason = `it took more memory than the ${byteSize(limits.memoryBytes)} it is allowed`
    return { kind: 'failure', code: 'MODEL_LIMIT', reason }
  }
  const said = stderr
    .trim()
    .split('\n')
    .find(line => /error/i.test(line))
  const reason = `its process crashed (${signal ?? `exit code ${exitCode}`})${said === undefined ? '' : `: ${said.trim().slice(0, LONGEST_QUOTE)}`}`
  return { kind: 'failure', code: 'MODEL_FAILED', reason }
}
