/** Element types that a tensor on disk can have, under the names NumPy gives them. */
export type ElementType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool'

/** Elements of a tensor, row-major. `float16` are the 16 bits of each number, `bool` a byte of 0 or 1. */
export type TensorValues =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array

/** How elements of each type lie on disk (NumPy's `descr`, little-endian) and in memory. */
export const ELEMENTS = {
  float32: { descr: '<f4', array: Float32Array },
  float64: { descr: '<f8', array: Float64Array },
  float16: { descr: '<f2', array: Uint16Array },
  int8: { descr: '|i1', array: Int8Array },
  int16: { descr: '<i2', array: Int16Array },
  int32: { descr: '<i4', array: Int32Array },
  int64: { descr: '<i8', array: BigInt64Array },
  uint8: { descr: '|u1', array: Uint8Array },
  uint16: { descr: '<u2', array: Uint16Array },
  uint32: { descr: '<u4', array: Uint32Array },
  uint64: { descr: '<u8', array: BigUint64Array },
  bool: { descr: '|b1', array: Uint8Array },
} as const satisfies Record<ElementType, unknown>

/** Bytes of one element. */
export function elementBytes(type: ElementType): number {
  return ELEMENTS[type].array.BYTES_PER_ELEMENT
}

/** How many elements a shape holds; 1 for an empty shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** Elements over a buffer of their bytes, little-endian; nothing is copied. */
export function valuesOver(type: ElementType, buffer: ArrayBuffer): TensorValues {
  return new ELEMENTS[type].array(buffer)
}
