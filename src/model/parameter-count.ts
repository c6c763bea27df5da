import { TensorProto_DataType as DataType, type GraphProto } from './generated/onnx_pb.ts'

const INTEGERS_OF_SHAPES = new Set<number>([DataType.INT64, DataType.BOOL, DataType.STRING])

/**
 * How many numbers a graph's initializers hold. Shapes and indices (int64), and the scales and zero points of
 * quantised weights, are not counted; numbers packed several to an element count as stored.
 */
export function parameterCount(graph: GraphProto): number {
  const ofQuantisation = new Set(
    graph.node.filter(node => /^(Dequantize|Quantize)Linear$/.test(node.opType)).flatMap(node => node.input.slice(1)),
  )
  return graph.initializer
    .filter(tensor => !INTEGERS_OF_SHAPES.has(tensor.dataType) && !ofQuantisation.has(tensor.name))
    .reduce((sum, tensor) => sum + tensor.dims.reduce((product, size) => product * Number(size), 1), 0)
}
