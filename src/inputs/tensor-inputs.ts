import { ModelHubError, throwIfCancelled } from '../common/index.ts'
import type { ReadOptions } from '../dataset/index.ts'
import type { InputSignature } from '../model/index.ts'
import { openNpy, type NpyFile } from '../tensors/index.ts'
import { ColumnScaler } from './column-scaler.ts'
import { BATCH_VALUES, type BatchTensor, type Census, type InputBatch, type InputSource } from './input-source.ts'
import { labelsBeside } from './labels-beside.ts'
import { npyNumbers } from './npy-numbers.ts'
import type { PrepareOptions } from './prepare-options.ts'
import { tensorFiles } from './tensor-files.ts'
import { product } from './tensor-width.ts'

/**
 * Opens ready tensors: an .npy file for each input, rows first, with labels beside them if there are any.
 *
 * @throws MODEL_MISMATCH when names or shapes are not the card's, SHAPE when files differ in rows, USAGE, and what
 *   opening throws
 */
export async function openTensorInputs(
  places: readonly string[],
  signature: InputSignature,
  options: PrepareOptions,
): Promise<InputSource> {
  const paths = tensorFiles(places, signature)
  const files: NpyFile[] = []
  try {
    for (const path of paths) files.push(await openNpy(path))
    checkShapes(files, paths, signature)
    return new TensorInputs(files, signature, options)
  } catch (error) {
    await Promise.all(files.map(file => file.close()))
    throw error
  }
}

function checkShapes(files: readonly NpyFile[], paths: readonly string[], { tensors }: InputSignature): void {
  const [rows] = files[0].shape
  for (const [i, { shape }] of files.entries()) {
    const stated = tensors[i].shape
    const agrees = (size: number, d: number) => d === 0 || typeof stated[d] !== 'number' || stated[d] === size
    if (shape.length !== stated.length || shape.length === 0 || !shape.every(agrees)) {
      const expected = `(${stated.join(', ')}) for input ${tensors[i].name}`
      throw new ModelHubError('MODEL_MISMATCH', `${paths[i]}: expected ${expected}, got (${shape.join(', ')})`)
    }
    if (shape[0] === rows) continue
    throw new ModelHubError('SHAPE', `${paths[i]}: expected ${rows} rows as in ${paths[0]}, got ${shape[0]}`)
  }
}

class TensorInputs implements InputSource {
  private readonly files: readonly NpyFile[]
  private readonly options: PrepareOptions
  private readonly rowShapes: readonly (readonly number[])[]
  /** Ordinal, among all inputs' columns, of each tensor's first. */
  private readonly firstColumns: readonly number[]
  private readonly scaler: ColumnScaler
  private missing = 0

  constructor(files: readonly NpyFile[], signature: InputSignature, options: PrepareOptions) {
    this.files = files
    this.options = options
    this.rowShapes = files.map(({ shape }) => shape.slice(1))
    const widths = this.rowShapes.map(product)
    this.firstColumns = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width, 0))
    this.scaler = new ColumnScaler(
      signature,
      widths.reduce((sum, width) => sum + width, 0),
    )
  }

  get warnings(): readonly string[] {
    return this.missing === 0 ? [] : [this.scaler.missingTold(this.missing, 'the tensors')]
  }

  async census({ signal }: ReadOptions): Promise<Census> {
    const [rows] = this.files[0].shape
    const { labels: path, label } = this.options
    if (path === undefined && label !== undefined) {
      throw new ModelHubError('USAGE', `label: tensors have no column ${label}; name the table that has it: labels`)
    }
    const labels = path === undefined ? undefined : await labelsBeside(path, label, { signal })
    if (labels && labels.length !== rows) {
      throw new ModelHubError('SHAPE', `${path}: expected ${rows} labels, one a row, got ${labels.length}`)
    }
    if (this.scaler.needsRanges) await this.seeRanges(signal)
    return { rows, labels }
  }

  async *batches(chosen: Uint32Array, { signal }: ReadOptions): AsyncGenerator<InputBatch> {
    const [rows] = this.files[0].shape
    const step = this.batchRows()
    for (let from = 0, at = 0; at < chosen.length; from += step) {
      throwIfCancelled(signal, 'reading tensors')
      const to = Math.min(rows, from + step)
      const first = at
      while (at < chosen.length && chosen[at] < to) at++
      const wanted = chosen.subarray(first, at)
      if (wanted.length === 0) continue
      const tensors = await Promise.all(this.files.map((_, i) => this.tensor(i, wanted)))
      yield { rows: wanted, tensors }
    }
  }

  close(): void {
    for (const file of this.files) void file.close()
  }

  private batchRows(): number {
    return Math.max(
      1,
      Math.floor(
        BATCH_VALUES /
          Math.max(
            1,
            this.rowShapes.map(product).reduce((a, b) => a + b, 0),
          ),
      ),
    )
  }

  private async seeRanges(signal?: AbortSignal): Promise<void> {
    const step = this.batchRows()
    for (const [i, { shape, type, rows }] of this.files.entries()) {
      const width = product(this.rowShapes[i])
      for (let from = 0; from < shape[0]; from += step) {
        throwIfCancelled(signal, 'reading tensors')
        const values = npyNumbers(await rows(from, Math.min(shape[0], from + step)), type)
        for (let at = 0; at < values.length; at++) this.scaler.see(values[at], this.firstColumns[i] + (at % width))
      }
    }
  }

  /** The wanted rows, which lie within one batch, of one tensor. */
  private async tensor(i: number, wanted: Uint32Array): Promise<BatchTensor> {
    const width = product(this.rowShapes[i])
    const from = wanted[0]
    const read = npyNumbers(await this.files[i].rows(from, wanted[wanted.length - 1] + 1), this.files[i].type)
    const values = new Float64Array(wanted.length * width)
    for (let r = 0, at = 0; r < wanted.length; r++) {
      for (let column = 0, source = (wanted[r] - from) * width; column < width; column++, source++, at++) {
        if (!Number.isFinite(read[source])) this.missing++
        values[at] = this.scaler.scaled(read[source], this.firstColumns[i] + column)
      }
    }
    return { rowShape: this.rowShapes[i], values }
  }
}
