import type { ErrorCode } from '../common/index.ts'
import type { ModelFacts } from './model-facts.ts'
import type { ModelOutputs, ModelRun, Pooling } from './model-run.ts'

/** What a worker is told to do: a run, with what may be left out filled in and its paths absolute. */
export interface WorkerRequest extends Omit<ModelRun, 'limits' | 'pooling'> {
  readonly pooling: Pooling
  readonly memoryBytes: number
}

/** One tensor that a worker wrote. */
export interface WrittenTensor {
  readonly name: string
  /** File name in the run's folder. */
  readonly file: string
  readonly shape: readonly [rows: number, width: number]
}

/** What a finished worker says. */
export interface WorkerResult {
  readonly tensors: readonly WrittenTensor[]
  readonly scores: string | null
  readonly layers: readonly string[]
  readonly facts: ModelFacts
  readonly secondsInRuntime: number
  readonly runtimeSpans: ModelOutputs['runtimeSpans']
  readonly peakBytes: number
}

/** What a worker sends: that its model is open, and it waits to be told to begin; how far it is; or its last word. */
export type WorkerMessage = { readonly kind: 'ready' } | { readonly kind: 'progress'; readonly rows: number } | LastWord

/** How a worker ends with a model. */
export type LastWord =
  | { readonly kind: 'result'; readonly result: WorkerResult }
  | { readonly kind: 'failure'; readonly code: ErrorCode; readonly reason: string }

/** What the guard of a worker prints before it ends one that holds too much memory. */
export const MEMORY_EXCEEDED = 'modelhub: memory limit exceeded'
