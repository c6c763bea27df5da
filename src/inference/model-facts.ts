import type { OnnxGraph } from '../model/onnx-graph.ts'
import type { LayerChoice } from './model-run.ts'

/** What must be known of a graph to tell which tensors a choice of scores and layers means. */
export interface ModelFacts {
  /** Names of the graph's outputs. */
  readonly outputs: readonly string[]
  /** Layers that can be taken, in order. */
  readonly layers: readonly string[]
  /** Tensor that enters the last dense layer; null where there is none. */
  readonly lastDense: string | null
}

/** Scores and layers that are wanted of a model; see `ModelRun`. */
export interface WantedTensors {
  readonly scores?: string | null
  readonly layers: LayerChoice
}

/** Names of the tensors that are to be taken. */
export interface TakenTensors {
  readonly scores: string | null
  readonly layers: readonly string[]
}

/** The facts of a graph. */
export function modelFacts({ outputs, layers, lastDense }: OnnxGraph): ModelFacts {
  return { outputs: outputs.map(({ name }) => name), layers, lastDense: lastDense ?? null }
}

/** What a choice means in a graph, names taken as they are; undefined for `last` where there is no dense layer. */
export function takenTensors(facts: ModelFacts, { scores, layers }: WantedTensors): TakenTensors | undefined {
  const taken = scores === null ? null : (scores ?? facts.outputs[0])
  if (layers === 'all') return { scores: taken, layers: facts.layers }
  if (layers !== 'last') return { scores: taken, layers: [...new Set(layers)] }
  return facts.lastDense === null ? undefined : { scores: taken, layers: [facts.lastDense] }
}
