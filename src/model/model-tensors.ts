import type { AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto } from './generated/onnx_pb.ts'

/**
 * Every tensor a model stores, wherever it lies: initializers, sparse ones, attributes of nodes, the graphs in such
 * attributes to any depth, functions and training graphs. What names external data must not slip through.
 */
export function* modelTensors(model: ModelProto): Generator<TensorProto> {
  if (model.graph !== undefined) yield* graphTensors(model.graph)
  for (const { initialization, algorithm } of model.trainingInfo) {
    if (initialization !== undefined) yield* graphTensors(initialization)
    if (algorithm !== undefined) yield* graphTensors(algorithm)
  }
  for (const { node, attributeProto } of model.functions) {
    yield* nodesTensors(node)
    yield* attributesTensors(attributeProto)
  }
}

function* graphTensors(graph: GraphProto): Generator<TensorProto> {
  yield* graph.initializer
  for (const sparse of graph.sparseInitializer) yield* sparseTensors(sparse)
  yield* nodesTensors(graph.node)
}

function* nodesTensors(nodes: readonly NodeProto[]): Generator<TensorProto> {
  for (const node of nodes) yield* attributesTensors(node.attribute)
}

function* attributesTensors(attributes: readonly AttributeProto[]): Generator<TensorProto> {
  for (const { t, tensors, g, graphs, sparseTensor, sparseTensors: sparse } of attributes) {
    if (t !== undefined) yield t
    yield* tensors
    if (sparseTensor !== undefined) yield* sparseTensors(sparseTensor)
    for (const one of sparse) yield* sparseTensors(one)
    if (g !== undefined) yield* graphTensors(g)
    for (const graph of graphs) yield* graphTensors(graph)
  }
}

function* sparseTensors(sparse: {
  readonly values?: TensorProto | undefined
  readonly indices?: TensorProto | undefined
}): Generator<TensorProto> {
  if (sparse.values !== undefined) yield sparse.values
  if (sparse.indices !== undefined) yield sparse.indices
}
