import type { GraphProto } from './generated/onnx_pb.ts'

/** Names of the tensors that follow from stored ones alone. A node that holds a graph may read anything: it does not. */
export function constantTensors(graph: GraphProto): ReadonlySet<string> {
  const constants = new Set(['', ...graph.initializer.map(tensor => tensor.name)])
  for (const sparse of graph.sparseInitializer) constants.add(sparse.values?.name ?? '')
  for (const node of graph.node) {
    const varies =
      node.opType.startsWith('Random') ||
      node.input.some(input => !constants.has(input)) ||
      node.attribute.some(attribute => attribute.g !== undefined || attribute.graphs.length > 0)
    if (!varies) for (const name of node.output) constants.add(name)
  }
  return constants
}
