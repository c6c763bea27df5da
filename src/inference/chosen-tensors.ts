import { ModelHubError } from '../common/index.ts'
import type { OnnxGraph } from '../model/index.ts'
import type { LayerChoice } from './model-run.ts'

const MOST_NAMES_TOLD = 20

/** Tensors that are to be taken from a graph. */
export interface ChosenTensors {
  readonly scores: string | null
  readonly layers: readonly string[]
  /** Those of them that are no graph outputs, and must be made such. */
  readonly hidden: readonly string[]
}

/**
 * The tensors that a choice of scores and layers means in a graph.
 *
 * @throws MODEL_MISMATCH for a name that the graph does not have, and for `last` where there is no dense layer
 */
export function chosenTensors(
  graph: OnnxGraph,
  { scores, layers }: { readonly scores?: string | null; readonly layers: LayerChoice },
): ChosenTensors {
  const outputs = graph.outputs.map(({ name }) => name)
  const chosen = chosenLayers(graph, layers)
  if (typeof scores === 'string' && !outputs.includes(scores)) {
    throw new ModelHubError('MODEL_MISMATCH', `it has no output ${scores}; its outputs: ${told(outputs)}`)
  }
  const taken = scores === null ? null : (scores ?? outputs[0])
  const all = [...new Set(taken === null ? chosen : [taken, ...chosen])]
  if (all.length === 0) throw new ModelHubError('USAGE', 'neither scores nor layers are wanted of it')
  return { scores: taken, layers: chosen, hidden: all.filter(name => !outputs.includes(name)) }
}

function chosenLayers(graph: OnnxGraph, choice: LayerChoice): readonly string[] {
  if (choice === 'all') return graph.layers
  if (choice === 'last') {
    if (graph.lastDense !== undefined) return [graph.lastDense]
    throw new ModelHubError(
      'MODEL_MISMATCH',
      `it has no dense layer whose input could be taken; its layers: ${told(graph.layers)}`,
    )
  }
  const missing = choice.find(name => !graph.tensorNames.has(name))
  if (missing === undefined) return [...new Set(choice)]
  throw new ModelHubError('MODEL_MISMATCH', `it has no tensor ${missing}; its layers: ${told(graph.layers)}`)
}

function told(names: readonly string[]): string {
  const more = names.length > MOST_NAMES_TOLD ? `, and ${names.length - MOST_NAMES_TOLD} more` : ''
  return `${names.slice(0, MOST_NAMES_TOLD).join(', ') || 'none'}${more}`
}
