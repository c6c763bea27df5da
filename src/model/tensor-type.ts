import { TensorProto_DataType as DataType } from './generated/onnx_pb.ts'

/** Element types of a tensor that a card can name: ONNX's own, under the names NumPy gives them. */
export const TENSOR_TYPES = [
  'float32',
  'float64',
  'float16',
  'bfloat16',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'bool',
  'string',
] as const

/** One of {@link TENSOR_TYPES}. */
export type TensorType = (typeof TENSOR_TYPES)[number]

const NAMES: ReadonlyMap<number, TensorType> = new Map<number, TensorType>([
  [DataType.FLOAT, 'float32'],
  [DataType.DOUBLE, 'float64'],
  [DataType.FLOAT16, 'float16'],
  [DataType.BFLOAT16, 'bfloat16'],
  [DataType.INT8, 'int8'],
  [DataType.INT16, 'int16'],
  [DataType.INT32, 'int32'],
  [DataType.INT64, 'int64'],
  [DataType.UINT8, 'uint8'],
  [DataType.UINT16, 'uint16'],
  [DataType.UINT32, 'uint32'],
  [DataType.UINT64, 'uint64'],
  [DataType.BOOL, 'bool'],
  [DataType.STRING, 'string'],
])

/** Name of an ONNX `TensorProto.DataType`; `other` for those no card can name (complex, 8 bits of float and fewer). */
export function tensorTypeName(dataType: number): TensorType | 'other' {
  return NAMES.get(dataType) ?? 'other'
}
