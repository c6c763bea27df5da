import { ModelHubError } from '../common/index.ts'
import type { ElementType, TensorValues } from '../tensors/index.ts'
import { float16Bits } from './float16.ts'

/** Numbers on their way to a tensor. */
export type Numbers = Float64Array | Float32Array

const WHOLE = {
  int8: { array: Int8Array, least: -128, most: 127 },
  int16: { array: Int16Array, least: -32_768, most: 32_767 },
  int32: { array: Int32Array, least: -(2 ** 31), most: 2 ** 31 - 1 },
  uint8: { array: Uint8Array, least: 0, most: 255 },
  uint16: { array: Uint16Array, least: 0, most: 65_535 },
  uint32: { array: Uint32Array, least: 0, most: 2 ** 32 - 1 },
  bool: { array: Uint8Array, least: 0, most: 1 },
} as const

const LONG = {
  int64: { array: BigInt64Array, least: Number.MIN_SAFE_INTEGER },
  uint64: { array: BigUint64Array, least: 0 },
} as const

/**
 * Numbers as elements of a tensor. Floats are rounded to the nearest; whole types take whole numbers in their range only,
 * the 64-bit ones within ±(2^53 − 1), `bool` 0 and 1.
 *
 * @param name of the tensor, for messages
 * @throws COLUMN_TYPE for a number that the type cannot hold, NaN among them
 */
export function toElements(numbers: Numbers, type: ElementType, name: string): TensorValues {
  if (type === 'float32') return numbers instanceof Float32Array ? numbers : Float32Array.from(numbers)
  if (type === 'float64') return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers)
  if (type === 'float16') return float16Bits(numbers)
  if (type === 'int64' || type === 'uint64') {
    const { array, least } = LONG[type]
    check(numbers, { type, name, least, most: Number.MAX_SAFE_INTEGER })
    const elements = new array(numbers.length)
    for (let i = 0; i < numbers.length; i++) elements[i] = BigInt(numbers[i])
    return elements
  }
  const { array, least, most } = WHOLE[type]
  check(numbers, { type, name, least, most })
  return array.from(numbers)
}

function check(
  numbers: Numbers,
  { type, name, least, most }: { type: ElementType; name: string; least: number; most: number },
): void {
  for (const number of numbers) {
    if (Number.isInteger(number) && number >= least && number <= most) continue
    throw new ModelHubError('COLUMN_TYPE', `input ${name}: expected ${type}, got ${number}`)
  }
}
