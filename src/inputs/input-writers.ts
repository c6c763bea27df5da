import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import type { InputSignature } from '../model/index.ts'
import { NpyWriter, preparedInputs, type ElementType, type PreparedInputs } from '../tensors/index.ts'
import type { InputBatch } from './input-source.ts'
import { toElements } from './to-elements.ts'

interface OpenInput {
  readonly name: string
  readonly type: ElementType
  readonly file: string
  readonly writer: NpyWriter
}

/** The .npy files of a model's inputs while they are written: `0.npy`, `1.npy`, … in the order of the card. */
export class InputWriters {
  private readonly folder: string
  private readonly signature: InputSignature
  private inputs: readonly OpenInput[] = []

  /** @throws MODEL_MISMATCH for a tensor of strings or bfloat16, which has no file format */
  constructor(folder: string, signature: InputSignature) {
    for (const { name, type } of signature.tensors) {
      if (type !== 'string' && type !== 'bfloat16') continue
      throw new ModelHubError('MODEL_MISMATCH', `input ${name}: expected numbers or booleans, got ${type}`)
    }
    this.folder = folder
    this.signature = signature
  }

  /** @throws COLUMN_TYPE for values that a tensor's type cannot hold */
  async append({ tensors }: InputBatch): Promise<void> {
    if (this.inputs.length === 0) this.inputs = await this.begin(tensors.map(({ rowShape }) => rowShape))
    for (const [i, { name, type, writer }] of this.inputs.entries()) {
      await writer.append(toElements(tensors[i].values, type, name))
    }
  }

  /** @throws EMPTY_DATASET when nothing was written */
  async finish(): Promise<PreparedInputs> {
    if (this.inputs.length === 0) throw new ModelHubError('EMPTY_DATASET', 'no row was chosen')
    const { inputs } = this
    const written = await Promise.all(
      inputs.map(async ({ name, file, writer }) => ({ name, file, ...(await writer.close()) })),
    )
    this.inputs = []
    return preparedInputs(this.folder, written)
  }

  /** Removes what was begun; after `finish` it does nothing. */
  async abandon(): Promise<void> {
    for (const { file, writer } of this.inputs) {
      await writer.abandon()
      await rm(join(this.folder, file), { force: true })
    }
    this.inputs = []
  }

  private async begin(shapes: readonly (readonly number[])[]): Promise<readonly OpenInput[]> {
    await mkdir(this.folder, { recursive: true })
    const inputs: OpenInput[] = []
    for (const [i, { name, type }] of this.signature.tensors.entries()) {
      const file = `${i}.npy`
      const writer = await NpyWriter.create(join(this.folder, file), type as ElementType, shapes[i])
      inputs.push({ name, type: type as ElementType, file, writer })
    }
    return inputs
  }
}
