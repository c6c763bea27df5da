import { ModelHubError } from '../common/index.ts'
import type { Pooling } from './model-run.ts'

/** A tensor of a batch as ONNX Runtime gives it, its numbers as floats. */
export interface BatchTensor {
  readonly name: string
  readonly values: Float32Array
  /** Sizes; rows first. */
  readonly dims: readonly number[]
}

/** Which tokens count: shape (rows, tokens), 0 for those that do not. */
export interface TokenMask {
  readonly values: ArrayLike<number | bigint>
  readonly tokens: number
}

/** How tensors of a batch are reduced. */
export interface Reduction {
  readonly rows: number
  readonly pooling: Pooling
  readonly mask?: TokenMask
}

/**
 * One vector a row, shape (rows, width), row-major; see `POOLINGS`. A row all of whose tokens are masked becomes zeros.
 *
 * @throws MODEL_MISMATCH when the tensor has another number of rows, or no numbers
 */
export function reduceRows(tensor: BatchTensor, { rows, pooling, mask }: Reduction): Float32Array {
  const { name, values, dims } = tensor
  if (dims[0] !== rows) {
    const got = `shape (${dims.join(', ')})`
    throw new ModelHubError(
      'MODEL_MISMATCH',
      `tensor ${name}: expected ${rows} rows, as many as it was fed, got ${got}`,
    )
  }
  if (values.length === 0)
    throw new ModelHubError('MODEL_MISMATCH', `tensor ${name}: empty, shape (${dims.join(', ')})`)
  const isTokens = dims.length === 3 && mask !== undefined && dims[1] === mask.tokens
  if (isTokens && pooling === 'cls') return firstTokens(tensor)
  if (isTokens && pooling !== 'flatten') return maskedMean(tensor, mask)
  return pooling === 'mean' && dims.length > 2 ? channelMean(tensor) : values
}

function firstTokens({ values, dims: [rows, tokens, width] }: BatchTensor): Float32Array {
  const first = new Float32Array(rows * width)
  for (let row = 0; row < rows; row++) {
    first.set(values.subarray(row * tokens * width, row * tokens * width + width), row * width)
  }
  return first
}

function maskedMean({ values, dims: [rows, tokens, width] }: BatchTensor, mask: TokenMask): Float32Array {
  const means = new Float32Array(rows * width)
  const sum = new Float64Array(width)
  for (let row = 0; row < rows; row++) {
    let counted = 0
    sum.fill(0)
    for (let token = row * tokens; token < (row + 1) * tokens; token++) {
      if (Number(mask.values[token]) === 0) continue
      counted++
      for (let c = 0; c < width; c++) sum[c] += values[token * width + c]
    }
    for (let c = 0; c < width; c++) means[row * width + c] = counted === 0 ? 0 : sum[c] / counted
  }
  return means
}

function channelMean({ values, dims }: BatchTensor): Float32Array {
  const means = new Float32Array(dims[0] * dims[1])
  const places = values.length / means.length
  for (let channel = 0, at = 0; channel < means.length; channel++) {
    let sum = 0
    for (const end = at + places; at < end; at++) sum += values[at]
    means[channel] = sum / places
  }
  return means
}
