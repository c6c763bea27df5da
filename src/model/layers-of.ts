import { constantTensors } from './constant-tensors.ts'
import type { GraphProto, NodeProto } from './generated/onnx_pb.ts'
import { lastDense } from './last-dense.ts'

const CONVOLUTIONS = new Set(['Conv', 'ConvTranspose'])
const DENSE = new Set(['Gemm', 'MatMul'])
const POOLS = new Set(['MaxPool', 'AveragePool', 'LpPool', 'GlobalMaxPool', 'GlobalAveragePool', 'GlobalLpPool'])

/** Steps that belong to the layer before them: bias and shortcut, normalisation, activation. */
const FOLLOWERS = new Set([
  'Add',
  'BatchNormalization',
  'Cast',
  'Celu',
  'Clip',
  'Dropout',
  'Elu',
  'Gelu',
  'GroupNormalization',
  'HardSigmoid',
  'HardSwish',
  'Identity',
  'InstanceNormalization',
  'LayerNormalization',
  'LeakyRelu',
  'Mish',
  'PRelu',
  'Relu',
  'Selu',
  'Sigmoid',
  'Softplus',
  'Softsign',
  'Tanh',
  'ThresholdedRelu',
])

/** Steps that give the same numbers in another shape. */
const SHAPES = new Set(['Flatten', 'Identity', 'Reshape', 'Squeeze', 'Unsqueeze'])

/**
 * Names of the tensors that a model's layers give, in the order of the graph.
 *
 * A layer is a convolution or a product with constant weights, with the bias, shortcut, normalisation and activation
 * that follow it and are fed to nothing else; a pool is a layer of its own. The last layer, which gives the scores, is
 * left out; the tensor that enters it ({@link lastDense}) stands under its own name, once, even where it is only
 * another shape of the layer before.
 *
 * @param graph nodes in topological order, as ONNX demands
 */
export function layersOf(graph: GraphProto): readonly string[] {
  const constants = constantTensors(graph)
  const outputs = new Set(graph.output.map(({ name }) => name))
  const last = lastDense(graph)
  const ends = blockEnds(graph)
  const layers = new Set<string>()
  for (const node of graph.node) {
    const entering = layerInput(node, constants)
    if (entering === undefined || (DENSE.has(node.opType) && entering === last)) continue
    const end = POOLS.has(node.opType) ? node.output[0] : ends.get(node.output[0])
    if (end !== undefined && end !== '' && !outputs.has(end)) layers.add(end)
  }
  if (last === undefined) return [...layers]
  layers.delete(sameNumbersAs(last, graph))
  return [...layers].filter(name => name !== last).concat(last)
}

/** The tensor that a layer computes on; undefined for a node that is no layer. */
function layerInput({ opType, input }: NodeProto, constants: ReadonlySet<string>): string | undefined {
  if (CONVOLUTIONS.has(opType) || POOLS.has(opType)) return constants.has(input[0]) ? undefined : input[0]
  if (!DENSE.has(opType)) return undefined
  const varying = input.slice(0, 2).filter(name => !constants.has(name))
  return varying.length === 1 ? varying[0] : undefined
}

/** For every tensor, the one that ends its layer: found from the last node to the first, each step once. */
function blockEnds(graph: GraphProto): ReadonlyMap<string, string> {
  const outputs = new Set(graph.output.map(({ name }) => name))
  const consumers = new Map<string, NodeProto | 'several'>()
  const ends = new Map<string, string>()
  for (const node of [...graph.node].reverse()) {
    for (const name of node.output) {
      const next = outputs.has(name) ? undefined : consumers.get(name)
      const goesOn = next !== undefined && next !== 'several' && FOLLOWERS.has(next.opType)
      ends.set(name, goesOn ? (ends.get(next.output[0]) ?? name) : name)
    }
    for (const name of new Set(node.input)) consumers.set(name, consumers.has(name) ? 'several' : node)
  }
  return ends
}

/** The tensor before all changes of shape. */
function sameNumbersAs(tensor: string, graph: GraphProto): string {
  const producers = new Map(graph.node.flatMap(node => node.output.map(name => [name, node] as const)))
  let name = tensor
  for (let steps = 0; steps <= producers.size; steps++) {
    const node = producers.get(name)
    if (node === undefined || !SHAPES.has(node.opType)) break
    name = node.input[0]
  }
  return name
}
