import type { ErrorCode } from '../common/index.ts'
import type { PreparedInputs } from '../tensors/index.ts'
import type { ModelFacts, WantedTensors } from './model-facts.ts'

/** What one process of a model may use. */
export interface RunLimits {
  /** Wall clock from start to end. */
  readonly seconds: number
  /** Memory of the process, weights and runtime included. */
  readonly memoryBytes: number
}

/** Ten minutes and 4 GiB. */
export const DEFAULT_LIMITS: RunLimits = { seconds: 600, memoryBytes: 2 ** 32 }

/** Less than this, and not even an empty runtime would start. */
export const LEAST_MEMORY_BYTES = 2 ** 29

/**
 * How a layer becomes one vector a row.
 *
 * - `flatten`: all numbers of a row.
 * - `mean`: of a map (N, C, …) the mean over what follows the channels; of tokens (N, T, H), where the model has an input
 *   `attention_mask` of shape (N, T), the mean over the tokens that it marks.
 * - `cls`: the first token; what is not tokens is flattened.
 * - `auto`: tokens by their mean, anything else flattened.
 */
export const POOLINGS = ['auto', 'flatten', 'mean', 'cls'] as const

/** One of {@link POOLINGS}. */
export type Pooling = (typeof POOLINGS)[number]

/** What is to be run, and what is wanted of it. */
export interface ModelRun extends WantedTensors {
  /** Path of the ONNX file. */
  readonly model: string
  readonly inputs: PreparedInputs
  /** How many scores a row must have. */
  readonly labels?: number
  /** `auto` when absent. */
  readonly pooling?: Pooling
  /** Where the .npy files go: a folder that is made, and taken away again when the run fails. */
  readonly folder: string
  /** {@link DEFAULT_LIMITS} when absent. */
  readonly limits?: RunLimits
  /** Rows at a time; chosen by memory when absent. A graph that fixes the number decides itself. */
  readonly batch?: number
  /** Threads of one operator; as many as the machine has cores when absent. */
  readonly threads?: number
}

/** One tensor of all rows: an .npy file of float32, shape (rows, width). */
export interface OutputFile {
  readonly path: string
  readonly shape: readonly [rows: number, width: number]
}

/** What a model gave. */
export interface ModelOutputs {
  readonly kind: 'outputs'
  /** By tensor name: the scores and the layers. */
  readonly outputs: ReadonlyMap<string, OutputFile>
  /** Name of the tensor with the scores; null when none were wanted. */
  readonly scores: string | null
  /** Names of the layers that were taken, in the order of the graph. */
  readonly layers: readonly string[]
  /** What the graph has to be taken. */
  readonly facts: ModelFacts
  readonly rows: number
  /** Wall clock of the process, from its start to its end, less what it waited for its turn. */
  readonly seconds: number
  /** The part of it that was spent inside ONNX Runtime's inference. */
  readonly secondsInRuntime: number
  /** Time inside it, milliseconds a row; where nothing was run that of the last run, null where it is not known. */
  readonly millisecondsPerRow: number | null
  /** From when until when each batch was inside it, milliseconds since 1970: several models may run at a time. */
  readonly runtimeSpans: readonly (readonly [fromMs: number, toMs: number])[]
  /** Most memory that the process held, with this model or one before it. */
  readonly peakBytes: number
}

/** Why a model gave nothing: a row of the ranking with its reason, never the end of a run. */
export interface ModelFailure {
  readonly kind: 'failure'
  readonly code: ErrorCode
  /** One sentence, without the model's name. */
  readonly reason: string
}

export type ModelOutcome = ModelOutputs | ModelFailure
