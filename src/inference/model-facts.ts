import type { OnnxGraph } from '../model/onnx-graph.ts'

/** What must be known of a graph to tell which tensors a choice of scores and layers means. */
export interface ModelFacts {
  /** Names of the graph's outputs. */
  readonly outputs: readonly string[]
  /** Layers that can be taken, in order. */
  readonly layers: readonly string[]
  /** Tensor that enters the last dense layer; null where there is none. */
  readonly lastDense: string | null
}

/** What is kept of a model beside its outputs. */
export interface KeptFacts extends ModelFacts {
  /** Time inside the runtime as it was measured last, milliseconds a row; absent where it was kept before that was. */
  readonly millisecondsPerRow?: number
}

/** Layers to take: the one before the scores, all of them, or tensors by name. */
export type LayerChoice = 'last' | 'all' | readonly string[]

/** Scores and layers that are wanted of a model. */
export interface WantedTensors {
  /** Graph output with the scores; the first one when absent, none when null. */
  readonly scores?: string | null
  /** `[]` for none. Of all layers those are left out whose tensor does not hold one entry a row. */
  readonly layers: LayerChoice
  /** Tensors to take beside all layers, where these do not hold them. */
  readonly also?: readonly string[]
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
export function takenTensors(
  facts: ModelFacts,
  { scores, layers, also = [] }: WantedTensors,
): TakenTensors | undefined {
  const taken = scores === null ? null : (scores ?? facts.outputs[0])
  if (layers === 'all') return { scores: taken, layers: [...new Set([...facts.layers, ...also])] }
  if (layers !== 'last') return { scores: taken, layers: [...new Set(layers)] }
  return facts.lastDense === null ? undefined : { scores: taken, layers: [facts.lastDense] }
}
