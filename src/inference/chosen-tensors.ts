import { ModelHubError } from '../common/index.ts'
import type { OnnxGraph } from '../model/onnx-graph.ts'
import { modelFacts, takenTensors, type TakenTensors, type WantedTensors } from './model-facts.ts'

const MOST_NAMES_TOLD = 20

/** Tensors that are to be taken from a graph. */
export interface ChosenTensors extends TakenTensors {
  /** Those of them that are no graph outputs, and must be made such. */
  readonly hidden: readonly string[]
}

/**
 * The tensors that a choice of scores and layers means in a graph.
 *
 * @throws MODEL_MISMATCH for a name that the graph does not have, and for `last` where there is no dense layer
 * @throws USAGE when the choice comes to nothing
 */
export function chosenTensors(graph: OnnxGraph, wanted: WantedTensors): ChosenTensors {
  const facts = modelFacts(graph)
  const taken = takenTensors(facts, wanted)
  const layers = `its layers: ${told(graph.layers)}`
  if (taken === undefined) throw mismatch(`it has no dense layer whose input could be taken; ${layers}`)
  if (taken.scores !== null && !facts.outputs.includes(taken.scores)) {
    throw mismatch(`it has no output ${taken.scores}; its outputs: ${told(facts.outputs)}`)
  }
  const missing = taken.layers.find(name => !graph.tensorNames.has(name))
  if (missing !== undefined) throw mismatch(`it has no tensor ${missing}; ${layers}`)
  const names = [...new Set(taken.scores === null ? taken.layers : [taken.scores, ...taken.layers])]
  if (names.length === 0) throw new ModelHubError('USAGE', 'neither scores nor layers are wanted of it')
  return { ...taken, hidden: names.filter(name => !facts.outputs.includes(name)) }
}

function told(names: readonly string[]): string {
  const more = names.length > MOST_NAMES_TOLD ? `, and ${names.length - MOST_NAMES_TOLD} more` : ''
  return `${names.slice(0, MOST_NAMES_TOLD).join(', ') || 'none'}${more}`
}

function mismatch(reason: string): ModelHubError {
  return new ModelHubError('MODEL_MISMATCH', reason)
}
