import { rm } from 'node:fs/promises'
import type { ErrorCode, ModelHubError } from '../common/index.ts'
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
import type { PreparedDataset } from '../inputs/index.ts'
import type { ModelAnswers } from './model-answers.ts'
import type { RankCandidate } from './rank-candidate.ts'
import { readAnswers } from './read-answers.ts'

/** How a model is run. */
export interface RunCandidateOptions extends RunOptions {
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
  /** Threads of the model; as many as there are cores when absent. */
  readonly threads?: number
  /** Called once a model was run, while the files of all its layers are there. */
  readonly onOutputs?: (run: RunCandidate, outputs: ModelOutputs, target: PreparedDataset) => Promise<void>
}

/** A model that was run. */
export interface RunCandidate {
  readonly candidate: RankCandidate
  readonly answers: ModelAnswers
  /** Name of the tensor that was taken as the layer, where one was. */
  readonly layer?: string
  /** Time inside the runtime, milliseconds a row; from the cache that of the last run, null where it is not known. */
  readonly millisecondsPerRow: number | null
  /** Whether all of it came from the cache: no process was started. */
  readonly fromCache: boolean
  readonly secondsInRuntime: number
  /** As {@link ModelOutputs} has them. */
  readonly runtimeSpans: ModelOutputs['runtimeSpans']
}

/** A model that gave nothing. */
export interface FailedCandidate {
  readonly candidate: RankCandidate
  readonly code: ErrorCode
  /** One sentence, without the model's name. */
  readonly reason: string
  /** What was thrown, where something was. */
  readonly cause?: ModelHubError
}

/** Runs a model on prepared inputs, in a process apart, and reads what it gave. */
export async function runCandidate(
  candidate: RankCandidate,
  inputs: PreparedDataset,
  { scratch, layers = 'last', onOutputs, ...options }: RunCandidateOptions,
): Promise<RunCandidate | FailedCandidate> {
  const { output, labels } = candidate.card.frontMatter.modelhub
  const { embedding } = candidate
  const { pooling, limits, cache, threads, signal, onProgress, turn, pool } = options
  const wanted = {
    model: candidate.onnxPath,
    inputs,
    scores: output?.name,
    labels: labels.length,
    ...wantedLayers(layers, embedding),
    pooling,
    limits,
    threads,
  }
  const watch = { signal, onProgress, turn, pool }
  const outcome = cache
    ? await runCached({ ...wanted, modelSha256: candidate.sha256 }, cache, watch)
    : await runModel({ ...wanted, folder: scratch }, watch)
  if (outcome.kind === 'failure') return { candidate, code: outcome.code, reason: outcome.reason }
  try {
    const { secondsInRuntime, runtimeSpans, millisecondsPerRow } = outcome
    const fromCache = outcome.seconds === 0
    const layer = rankedLayer(outcome.layers, layers, embedding)
    const answers = await readAnswers(outcome, candidate, layer)
    const time = { millisecondsPerRow, fromCache, secondsInRuntime, runtimeSpans }
    const run = { candidate, answers, layer, ...time }
    await onOutputs?.(run, outcome, inputs)
    return run
  } finally {
    await cache?.release(Array.from(outcome.outputs.values(), ({ path }) => path))
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
