import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelHubError, throwIfCancelled, type ErrorCode } from '../common/index.ts'
import {
  runCached,
  runModel,
  type ActivationCache,
  type LayerChoice,
  type ModelOutputs,
  type Pooling,
  type RunLimits,
  type RunOptions,
} from '../inference/index.ts'
import type { PreparedDataset, PrepareOptions } from '../inputs/index.ts'
import type { ModelAnswers } from './model-answers.ts'
import { preparedTargets } from './prepared-targets.ts'
import type { RankCandidate } from './rank-candidate.ts'
import { readAnswers } from './read-answers.ts'

/** How models are run on a target. */
export interface RunCandidatesOptions extends RunOptions, Omit<PrepareOptions, 'folder' | 'modelFolder'> {
  /** Folder for what is written meanwhile. */
  readonly scratch: string
  /**
   * Layers to take; `last`, the default and also as one of several, is the candidate's embedding. Of named layers the
   * first is the one of the answers, of all of them the embedding, or else the last one.
   */
  readonly layers?: LayerChoice
  readonly pooling?: Pooling
  readonly limits?: RunLimits
  /** What is there is not run for; what is run for is kept, model by model. None when absent. */
  readonly cache?: ActivationCache
  /** Called once a model was run, while the files of all its layers are there. */
  readonly onOutputs?: (run: RunCandidate, outputs: ModelOutputs, target: PreparedDataset) => Promise<void>
  /** Fail every model where no row has a label. */
  readonly needsLabels?: boolean
  /** Told after each model how many are done. */
  readonly onCandidate?: (done: number) => void
}

/** A model that was run. */
export interface RunCandidate {
  readonly candidate: RankCandidate
  readonly answers: ModelAnswers
  /** Name of the tensor that was taken as the layer, where one was. */
  readonly layer?: string
  /** Time inside the runtime, milliseconds a row; null where nothing was run. */
  readonly millisecondsPerRow: number | null
  /** Whether all of it came from the cache: no process was started. */
  readonly fromCache: boolean
  readonly secondsInRuntime: number
}

/** A model that gave nothing. */
export interface FailedCandidate {
  readonly candidate: RankCandidate
  readonly code: ErrorCode
  /** One sentence, without the model's name. */
  readonly reason: string
}

export interface CandidatesRun {
  readonly run: readonly RunCandidate[]
  readonly failed: readonly FailedCandidate[]
  /** The rows they were run on; undefined where no model could be fed. */
  readonly target?: PreparedDataset
}

/**
 * Runs models on a target one after another, each in its own process. What goes wrong with one model is that model's
 * failure; a target that no model can be fed is everybody's.
 *
 * @throws CANCELLED; what preparing the target throws, when it is the same for all models
 */
export async function runCandidates(
  candidates: readonly RankCandidate[],
  places: readonly string[],
  options: RunCandidatesOptions,
): Promise<CandidatesRun> {
  const { scratch, signal } = options
  const targets = preparedTargets(places, join(scratch, 'inputs'), options)
  const run: RunCandidate[] = []
  const failed: (FailedCandidate & { readonly cause?: ModelHubError })[] = []
  let target: PreparedDataset | undefined
  for (const [i, candidate] of candidates.entries()) {
    throwIfCancelled(signal, 'running the models')
    try {
      const dataset = await targets.forModel(candidate)
      if (options.needsLabels) checkLabels(dataset, places)
      target ??= dataset
      const found = await runCandidate(candidate, dataset, { ...options, scratch: join(scratch, 'outputs', String(i)) })
      if ('code' in found) failed.push(found)
      else run.push(found)
    } catch (error) {
      if (!(error instanceof ModelHubError) || error.code === 'CANCELLED') throw error
      failed.push({ candidate, code: error.code, reason: error.message, cause: error })
    }
    options.onCandidate?.(i + 1)
  }
  const [first] = failed
  const forAll = failed.length === candidates.length && failed.every(({ reason }) => reason === first.reason)
  if (target === undefined && forAll && first?.cause) throw first.cause
  return { run, failed, target }
}

function checkLabels({ labels }: PreparedDataset, places: readonly string[]): void {
  if (labels?.some(label => label !== undefined)) return
  throw new ModelHubError('TOO_FEW_ROWS', `${places.join(' ')}: expected rows with a label, got 0`)
}

async function runCandidate(
  candidate: RankCandidate,
  inputs: PreparedDataset,
  { scratch, layers = 'last', pooling, limits, cache, signal, onProgress, onOutputs }: RunCandidatesOptions,
): Promise<RunCandidate | FailedCandidate> {
  const { output, labels } = candidate.card.frontMatter.modelhub
  const { embedding } = candidate
  const wanted = {
    model: candidate.onnxPath,
    inputs,
    scores: output?.name,
    labels: labels.length,
    ...wantedLayers(layers, embedding),
    pooling,
    limits,
  }
  const watch = { signal, onProgress }
  const outcome = cache
    ? await runCached({ ...wanted, modelSha256: candidate.sha256 }, cache, watch)
    : await runModel({ ...wanted, folder: scratch }, watch)
  if (outcome.kind === 'failure') return { candidate, code: outcome.code, reason: outcome.reason }
  try {
    const { secondsInRuntime, rows } = outcome
    const fromCache = outcome.seconds === 0
    const millisecondsPerRow = fromCache ? null : (1000 * secondsInRuntime) / rows
    const layer = rankedLayer(outcome.layers, layers, embedding)
    const answers = await readAnswers(outcome, candidate, layer)
    const run = { candidate, answers, layer, millisecondsPerRow, fromCache, secondsInRuntime }
    await onOutputs?.(run, outcome, inputs)
    return run
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function wantedLayers(layers: LayerChoice, embedding: string | null) {
  const last = embedding === null ? [] : [embedding]
  if (layers === 'all') return { layers, also: last }
  return { layers: layers === 'last' ? last : layers.flatMap(name => (name === 'last' ? last : [name])) }
}

/** Which of the layers that were taken the answers are of. */
function rankedLayer(taken: readonly string[], layers: LayerChoice, embedding: string | null): string | undefined {
  if (layers !== 'all') return taken[0]
  return embedding !== null && taken.includes(embedding) ? embedding : taken.at(-1)
}
