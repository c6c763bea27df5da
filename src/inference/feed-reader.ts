import { join } from 'node:path'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { openNpy, type NpyFile, type PreparedInputs, type TensorValues } from '../tensors/index.ts'
import { onnxRuntime } from './onnx-runtime.ts'
import type { TokenMask } from './reduce-rows.ts'

const MASK = 'attention_mask'

/** Some rows of prepared inputs, as ONNX Runtime takes them. */
export interface Feeds {
  readonly tensors: InferenceSession.OnnxValueMapType
  /** Present where an input `attention_mask` of shape (rows, tokens) is among them. */
  readonly mask?: TokenMask
}

/** Reads prepared inputs by slices of rows. */
export class FeedReader {
  private readonly files: readonly { readonly name: string; readonly npy: NpyFile }[]

  private constructor(files: FeedReader['files']) {
    this.files = files
  }

  /** @throws FILE_NOT_FOUND, FILE_DAMAGED */
  static async open({ folder, tensors }: PreparedInputs): Promise<FeedReader> {
    return new FeedReader(
      await Promise.all(tensors.map(async ({ name, file }) => ({ name, npy: await openNpy(join(folder, file)) }))),
    )
  }

  /** Rows `from` up to `to`, and after them zeros until there are `atLeast` rows. */
  async read(from: number, to: number, atLeast = 0): Promise<Feeds> {
    const { Tensor } = await onnxRuntime()
    const rows = Math.max(to - from, atLeast)
    const tensors: Record<string, Tensor> = {}
    let mask: TokenMask | undefined
    for (const { name, npy } of this.files) {
      const dims = [rows, ...npy.shape.slice(1)]
      const values = padded(await npy.rows(from, to), rows / (to - from))
      tensors[name] = new Tensor(npy.type, values as Float32Array, dims)
      if (name === MASK && dims.length === 2) mask = { values, tokens: dims[1] }
    }
    return { tensors, mask }
  }

  async close(): Promise<void> {
    await Promise.all(this.files.map(({ npy }) => npy.close()))
  }
}

function padded(values: TensorValues, times: number): TensorValues {
  if (times === 1) return values
  const longer = new (values.constructor as new (length: number) => TensorValues)(values.length * times)
  longer.set(values as never)
  return longer
}
