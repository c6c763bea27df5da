import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  type AttributeProtoSchema,
  type GraphProto,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from '../src/model/generated/onnx_pb.ts'

/** A stored tensor: floats, or 64-bit integers. */
export interface Weight {
  readonly name: string
  readonly dims: readonly number[]
  readonly floats?: readonly number[]
  readonly integers?: readonly number[]
  readonly booleans?: readonly boolean[]
  /** File of external data. */
  readonly location?: string
}

type Value = MessageInitShape<typeof ValueInfoProtoSchema>
type Node = MessageInitShape<typeof NodeProtoSchema>
type Attributes = Readonly<Record<string, number | readonly number[] | GraphParts | Weight>>

/** What a graph is made of. Inputs and outputs may be given by name alone. */
export interface GraphParts {
  readonly nodes: readonly Node[]
  readonly weights?: readonly Weight[]
  readonly inputs?: readonly (string | Value)[]
  readonly outputs: readonly (string | Value)[]
}

/** A node; attributes are integers, lists of them, graphs or tensors. */
export function node(opType: string, input: string[], output: string[], attributes: Attributes = {}) {
  const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value))
  return create(NodeProtoSchema, { opType, input, output, attribute })
}

const TYPES = { float32: DataType.FLOAT, float16: DataType.FLOAT16, int64: DataType.INT64, bool: DataType.BOOL }

/** A named tensor of a graph: float32 unless told, sizes as numbers or symbols. */
export function value(name: string, shape: readonly (number | string)[], type: keyof typeof TYPES = 'float32'): Value {
  const dim = shape.map(size => ({
    value:
      typeof size === 'number'
        ? { case: 'dimValue' as const, value: BigInt(size) }
        : { case: 'dimParam' as const, value: size },
  }))
  return { name, type: { value: { case: 'tensorType', value: { elemType: TYPES[type], shape: { dim } } } } }
}

/** A graph of its parts. */
export function graphOf({ nodes, weights = [], inputs = [], outputs }: GraphParts): GraphProto {
  const named = (one: string | Value) => (typeof one === 'string' ? { name: one } : one)
  return create(GraphProtoSchema, {
    name: 'g',
    node: [...nodes],
    initializer: weights.map(tensorOf),
    input: inputs.map(named),
    output: outputs.map(named),
  })
}

/** The bytes of an ONNX file, IR version 8, operator set 17. */
export function modelBytes(parts: GraphParts): Uint8Array {
  const model = create(ModelProtoSchema, { irVersion: 8n, opsetImport: [{ version: 17n }], graph: graphOf(parts) })
  return toBinary(ModelProtoSchema, model)
}

function tensorOf({
  name,
  dims,
  floats,
  integers,
  booleans,
  location,
}: Weight): MessageInitShape<typeof TensorProtoSchema> {
  const shape = { name, dims: dims.map(BigInt) }
  const external =
    location === undefined
      ? {}
      : { dataLocation: DataLocation.EXTERNAL, externalData: [{ key: 'location', value: location }] }
  if (integers !== undefined) return { ...shape, dataType: DataType.INT64, int64Data: integers.map(BigInt) }
  if (booleans !== undefined) return { ...shape, dataType: DataType.BOOL, int32Data: booleans.map(Number) }
  return { ...shape, dataType: DataType.FLOAT, floatData: floats === undefined ? [] : [...floats], ...external }
}

function attributeOf(name: string, of: Attributes[string]): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof of === 'number') return { name, type: AttributeType.INT, i: BigInt(of) }
  if (Array.isArray(of)) return { name, type: AttributeType.INTS, ints: of.map(BigInt) }
  if ('dims' in of) return { name, type: AttributeType.TENSOR, t: tensorOf(of) }
  return { name, type: AttributeType.GRAPH, g: graphOf(of as GraphParts) }
}
