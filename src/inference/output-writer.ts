import { join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { NpyWriter } from '../tensors/index.ts'
import type { WrittenTensor } from './worker-message.ts'

/** Writes the rows of one tensor, batch after batch, to an .npy file; its width is that of the first batch. */
export class OutputWriter {
  private readonly name: string
  private readonly path: string
  private readonly file: string
  private npy: NpyWriter | undefined
  private width = 0
  private rows = 0

  constructor(folder: string, { name, file }: { readonly name: string; readonly file: string }) {
    this.name = name
    this.file = file
    this.path = join(folder, file)
  }

  /** Whether no rows have been added yet. */
  get isEmpty(): boolean {
    return this.rows === 0
  }

  /**
   * Adds rows.
   *
   * @param values shape (rows, width), row-major
   * @throws MODEL_FAILED for a number that is none, MODEL_MISMATCH when the width differs from the batch before
   */
  async append(values: Float32Array, rows: number): Promise<void> {
    const width = values.length / rows
    const bad = firstNonNumber(values)
    if (bad < values.length) {
      const row = this.rows + Math.floor(bad / width)
      throw new ModelHubError('MODEL_FAILED', `tensor ${this.name}: row ${row} holds ${values[bad]}`)
    }
    this.npy ??= await this.create(width)
    if (width !== this.width) {
      const got = `${this.width}, then ${width}`
      throw new ModelHubError('MODEL_MISMATCH', `tensor ${this.name}: expected equally many numbers a row, got ${got}`)
    }
    await this.npy.append(values)
    this.rows += rows
  }

  /** Finishes the file. */
  async close(): Promise<WrittenTensor> {
    await this.npy?.close()
    return { name: this.name, file: this.file, shape: [this.rows, this.width] }
  }

  private create(width: number): Promise<NpyWriter> {
    this.width = width
    return NpyWriter.create(this.path, 'float32', [width], { checksum: false })
  }
}

/** Place of the first NaN or infinity; the length where there is none. */
function firstNonNumber(values: Float32Array): number {
  let at = 0
  while (at < values.length && values[at] - values[at] === 0) at++
  return at
}
