import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { InferenceSession } from 'onnxruntime-node'
import { ModelHubError } from '../common/index.ts'
import type { Feature, NumericColumn } from '../dataset/index.ts'
import { onnxRuntime } from './onnx-runtime.ts'

/** Images run at once. */
const BATCH = 64
const DEFAULT_SIDE = 224
const CHANNELS = 3

/**
 * An ONNX model whose first output is what images are sketched by. Its input takes RGB floats in [0, 1], shape
 * (N, 3, height, width); the size is the graph's, 224 × 224 where it leaves it open. The first output is flattened to
 * the features `encoder[0]`, `encoder[1]`, ….
 */
export class ImageEncoder {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly features: readonly Feature[]
  private readonly session: InferenceSession

  private constructor(session: InferenceSession, opened: OpenedEncoder) {
    this.session = session
    this.name = opened.name
    this.width = opened.width
    this.height = opened.height
    this.features = Array.from({ length: opened.outputs }, (_, f) => ({ name: `encoder[${f}]`, type: 'numeric' }))
  }

  /**
   * Opens an encoder with ONNX Runtime, and runs it once on a black image to learn how many features it gives.
   *
   * @throws FILE_NOT_FOUND, MODEL_INVALID when ONNX Runtime does not take the file, MODEL_MISMATCH when its input is not
   *   such an image or its output no floats
   */
  static async open(path: string): Promise<ImageEncoder> {
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new ModelHubError('FILE_NOT_FOUND', `${path}: cannot be read`, { cause })
    })
    const { InferenceSession } = await onnxRuntime()
    const session = await InferenceSession.create(bytes).catch((cause: unknown) => {
      throw new ModelHubError('MODEL_INVALID', `${path}: ONNX Runtime does not take it`, { cause })
    })
    const size = inputSize(session, path)
    const black = [new Uint8Array(size.width * size.height * CHANNELS)]
    const outputs = (await runEncoder(session, { images: black, ...size, path })).length
    const name = `encoder:${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`
    return new ImageEncoder(session, { name, outputs, ...size })
  }

  /** The features of images, one column each. */
  async columns(images: readonly Uint8Array[]): Promise<readonly NumericColumn[]> {
    const { session, width, height, name } = this
    const columns = this.features.map(() => new Float32Array(images.length))
    for (let first = 0; first < images.length; first += BATCH) {
      const batch = images.slice(first, first + BATCH)
      const output = await runEncoder(session, { images: batch, width, height, path: name })
      batch.forEach((_, row) => {
        columns.forEach((column, f) => (column[first + row] = output[row * columns.length + f]))
      })
    }
    return columns
  }

  close(): Promise<void> {
    return this.session.release()
  }
}

interface ImageSize {
  readonly width: number
  readonly height: number
}

interface OpenedEncoder extends ImageSize {
  readonly name: string
  readonly outputs: number
}

function inputSize({ inputMetadata, inputNames }: InferenceSession, path: string): ImageSize {
  const [input] = inputMetadata
  const shape = input.isTensor ? input.shape : []
  const isImage = input.isTensor && input.type === 'float32' && shape.length === 4 && isOpenOr(shape[1], CHANNELS)
  if (inputNames.length !== 1 || !isImage) {
    const got = `${inputNames.length} inputs, the first ${input.isTensor ? input.type : 'no tensor'} (${shape.join(', ')})`
    throw new ModelHubError('MODEL_MISMATCH', `${path}: expected one float32 input (N, 3, height, width), got ${got}`)
  }
  const [height, width] = shape.slice(2).map(size => (typeof size === 'number' && size > 0 ? size : DEFAULT_SIDE))
  return { width, height }
}

function isOpenOr(dimension: number | string, wanted: number): boolean {
  return typeof dimension === 'string' || dimension < 0 || dimension === wanted
}

async function runEncoder(
  session: InferenceSession,
  { images, width, height, path }: ImageSize & { readonly images: readonly Uint8Array[]; readonly path: string },
): Promise<Float32Array> {
  const { Tensor } = await onnxRuntime()
  const input = new Tensor('float32', channelsFirst(images, width * height), [images.length, CHANNELS, height, width])
  const answer = await session.run({ [session.inputNames[0]]: input }).catch((cause: unknown) => {
    throw new ModelHubError('MODEL_MISMATCH', `${path}: does not run on ${images.length} images`, { cause })
  })
  const output = answer[session.outputNames[0]]
  if (output.data instanceof Float32Array && output.dims[0] === images.length) return output.data
  const got = `${output.type} of shape (${output.dims.join(', ')})`
  throw new ModelHubError('MODEL_MISMATCH', `${path}: expected floats for ${images.length} images, got ${got}`)
}

/** RGB bytes, pixel by pixel, as floats in [0, 1], channel by channel. */
function channelsFirst(images: readonly Uint8Array[], pixels: number): Float32Array {
  const values = new Float32Array(images.length * CHANNELS * pixels)
  images.forEach((rgb, image) => {
    for (let channel = 0, at = image * CHANNELS * pixels; channel < CHANNELS; channel++) {
      for (let pixel = 0; pixel < pixels; pixel++) values[at++] = rgb[pixel * CHANNELS + channel] / 255
    }
  })
  return values
}
