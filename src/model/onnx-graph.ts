import { fromBinary } from '@bufbuild/protobuf'
import { ModelHubError } from '../common/index.ts'
import { externalLocations } from './external-data.ts'
import { ModelProtoSchema, type GraphProto, type ModelProto, type ValueInfoProto } from './generated/onnx_pb.ts'
import { lastDense } from './last-dense.ts'
import { layersOf } from './layers-of.ts'
import { parameterCount } from './parameter-count.ts'
import { tensorTypeName, type TensorType } from './tensor-type.ts'

/** Most bytes of one ONNX file: what protobuf itself allows. Larger models keep their weights in external data. */
export const MAX_ONNX_BYTES = 2 ** 31 - 1

/** A size, a symbol such as `N`, or null for a size that is not stated. */
export type Dimension = number | string | null

/** One input or output of a graph. */
export interface GraphTensor {
  readonly name: string
  readonly type: TensorType | 'other'
  /** Null for what has no shape: sequences, maps, tensors of unstated rank. */
  readonly shape: readonly Dimension[] | null
}

/** What an ONNX file says of itself, without its weights. */
export interface OnnxGraph {
  readonly irVersion: number
  /** Version of ONNX's own operator set; null when only operators of other domains are imported. */
  readonly opset: number | null
  /** What must be fed; inputs that have a stored default are left out. */
  readonly inputs: readonly GraphTensor[]
  readonly outputs: readonly GraphTensor[]
  /** Tensor that enters the last dense layer, the usual embedding; absent where there is none. */
  readonly lastDense?: string
  /** Tensors that layers give, in order; see `layersOf`. */
  readonly layers: readonly string[]
  /** Names of all tensors that nodes of the main graph give. */
  readonly tensorNames: ReadonlySet<string>
  /** How many numbers the initializers hold; see `parameterCount`. */
  readonly parameters: number
  /** Files beside the model that hold its tensors, relative to its folder; empty for a model in one file. */
  readonly externalData: readonly string[]
  readonly sizeBytes: number
}

/**
 * Reads the graph of an ONNX file.
 *
 * @param bytes the whole file
 * @param options maxBytes: refuse larger files; {@link MAX_ONNX_BYTES} unless told
 * @throws MODEL_INVALID with the reason: empty, too large, not protobuf or cut short, without IR version, operator set,
 *   graph, node or output, or with external data that names no file
 * @throws MODEL_UNSAFE for external data outside the model's folder (links on disk are the caller's to check)
 */
export function parseOnnxGraph(bytes: Uint8Array, options: { readonly maxBytes?: number } = {}): OnnxGraph {
  const { maxBytes = MAX_ONNX_BYTES } = options
  if (bytes.length === 0) throw invalid('the file is empty')
  if (bytes.length > maxBytes) throw invalid(`expected at most ${maxBytes} bytes, got ${bytes.length}`)
  const model = decode(bytes)
  const graph = soundGraph(model)
  const stored = new Set(graph.initializer.map(tensor => tensor.name))
  const opset = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')
  return {
    irVersion: Number(model.irVersion),
    opset: opset === undefined ? null : Number(opset.version),
    inputs: graph.input.filter(input => !stored.has(input.name)).map(graphTensor),
    outputs: graph.output.map(graphTensor),
    lastDense: lastDense(graph),
    layers: layersOf(graph),
    tensorNames: new Set(graph.node.flatMap(node => node.output).filter(name => name !== '')),
    parameters: parameterCount(graph),
    externalData: externalLocations(model),
    sizeBytes: bytes.length,
  }
}

function decode(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes, { readUnknownFields: false })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw invalid(`not an ONNX file, or cut short (${reason})`, cause)
  }
}

/** Any bytes may happen to decode: an ONNX model has all of these. */
function soundGraph(model: ModelProto): GraphProto {
  const { graph } = model
  if (model.irVersion <= 0n) throw invalid('not an ONNX file: it states no IR version')
  if (graph === undefined) throw invalid('it holds no graph')
  if (model.opsetImport.length === 0) throw invalid('it imports no operator set')
  if (graph.node.length === 0) throw invalid('its graph has no nodes')
  if (graph.output.length === 0) throw invalid('its graph has no outputs')
  const unnamed = [...graph.input, ...graph.output].some(({ name }) => name === '')
  if (unnamed) throw invalid('its graph has an input or output without a name')
  return graph
}

function graphTensor({ name, type }: ValueInfoProto): GraphTensor {
  if (type?.value.case !== 'tensorType') return { name, type: 'other', shape: null }
  const { elemType, shape } = type.value.value
  return { name, type: tensorTypeName(elemType), shape: shape?.dim.map(({ value }) => dimension(value.value)) ?? null }
}

function dimension(value: bigint | string | undefined): Dimension {
  if (typeof value === 'bigint') return value > 0n ? Number(value) : null
  return value === undefined || value === '' ? null : value
}

function invalid(reason: string, cause?: unknown): ModelHubError {
  return new ModelHubError('MODEL_INVALID', `model: ${reason}`, { cause })
}
