import { ModelHubError } from '../common/index.ts'
import type { ElementType, TensorValues } from '../tensors/index.ts'
import type { Numbers } from './to-elements.ts'

/**
 * Elements of an .npy file as numbers.
 *
 * @throws COLUMN_TYPE for a 64-bit integer beyond ±(2^53 − 1)
 */
export function npyNumbers(values: TensorValues, type: ElementType): Numbers {
  if (type === 'float16') return Float64Array.from(values as Uint16Array, halfValue)
  if (values instanceof Float32Array || values instanceof Float64Array) return values
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return wholeNumbers(values)
  return Float64Array.from(values)
}

/** The number that 16 bits of half precision stand for (IEEE 754 binary16). */
function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 0x1f
  const fraction = (bits & 0x3ff) / 1024
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15)
}

function wholeNumbers(values: BigInt64Array | BigUint64Array): Float64Array {
  const numbers = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    numbers[i] = Number(values[i])
    if (Number.isSafeInteger(numbers[i])) continue
    throw new ModelHubError('COLUMN_TYPE', `expected integers within ±(2^53 − 1), got ${values[i]}`)
  }
  return numbers
}
