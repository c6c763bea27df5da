import type { Tensor } from 'onnxruntime-node'
import { ModelHubError } from '../common/index.ts'

const FLOATS = new Set<Tensor.Type>(['float32', 'float64', 'float16'])

/**
 * The numbers of a tensor in single precision.
 *
 * @throws MODEL_MISMATCH when it holds no floats
 */
export function floatValues(name: string, { type, data }: Tensor): Float32Array {
  if (!FLOATS.has(type)) throw new ModelHubError('MODEL_MISMATCH', `tensor ${name}: expected floats, got ${type}`)
  if (data instanceof Float32Array) return data
  return data instanceof Uint16Array ? Float32Array.from(data, halfToFloat) : Float32Array.from(data as Float64Array)
}

/** The number that 16 bits stand for (IEEE 754 binary16). */
function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}
