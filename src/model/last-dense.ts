import { constantTensors } from './constant-tensors.ts'
import type { GraphProto, NodeProto } from './generated/onnx_pb.ts'

const DENSE = new Set(['Gemm', 'MatMul'])

/** Steps that keep or squash the scores one by one, so that the layer before them is still the layer of the scores. */
const PASSED_OVER = new Set([
  'Softmax',
  'LogSoftmax',
  'Sigmoid',
  'Identity',
  'Dropout',
  'Cast',
  'Reshape',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
  'QuantizeLinear',
  'DequantizeLinear',
  'Add',
  'Sub',
  'Mul',
  'Div',
])

/**
 * Name of the tensor that enters the last dense layer: the embedding of a classifier.
 *
 * From each graph output in turn the way goes back over activations, casts and arithmetic with constants (a bias, a
 * temperature) to a Gemm, or a MatMul with a constant factor; that layer's other input is the answer. Constant is what
 * follows from stored tensors alone, so weights may come through Cast, DequantizeLinear or any arithmetic.
 *
 * @param graph nodes in topological order, as ONNX demands
 * @returns undefined where no output leads back to such a layer, or where the layer is fed by a graph input
 */
export function lastDense(graph: GraphProto): string | undefined {
  const producers = new Map<string, NodeProto>()
  for (const node of graph.node) for (const name of node.output) producers.set(name, node)
  const constants = constantTensors(graph)
  for (const output of graph.output) {
    const entering = denseInput(output.name, producers, constants)
    if (entering !== undefined) return producers.has(entering) ? entering : undefined
  }
  return undefined
}

function denseInput(
  output: string,
  producers: ReadonlyMap<string, NodeProto>,
  constants: ReadonlySet<string>,
): string | undefined {
  let name = output
  for (let steps = 0; steps <= producers.size; steps++) {
    const node = producers.get(name)
    if (node === undefined) return undefined
    const isDense = DENSE.has(node.opType)
    const inputs = isDense ? node.input.slice(0, 2) : node.input.filter(input => input !== '')
    const varying = inputs.filter(input => !constants.has(input))
    if (varying.length !== 1 || !(isDense || PASSED_OVER.has(node.opType))) return undefined
    if (isDense) return varying[0]
    name = varying[0]
  }
  return undefined
}
