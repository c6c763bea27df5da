import { createHash, type Hash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { ModelHubError, namingWriteFaults } from '../common/index.ts'
import { ELEMENTS, elementCount, type ElementType, type TensorValues } from './element-type.ts'
import { formatNpyHeader } from './npy-header.ts'

/** What a finished .npy file holds. */
export interface WrittenNpy {
  readonly type: ElementType
  /** Sizes, rows first. */
  readonly shape: readonly number[]
  /** SHA-256 of the elements' bytes, in hex; empty where no checksum was wanted. */
  readonly sha256: string
}

interface RowFormat {
  readonly path: string
  readonly type: ElementType
  readonly rowShape: readonly number[]
  readonly checksum: boolean
}

/**
 * Writes an .npy file row by row: the number of rows enters the header when it is closed. Until then the file says that
 * it holds none, so that one that was cut off is never taken for a whole one.
 */
export class NpyWriter {
  private readonly path: string
  private readonly file: FileHandle
  private readonly type: ElementType
  private readonly rowShape: readonly number[]
  private readonly hash: Hash | undefined
  private rows = 0

  private constructor(file: FileHandle, { path, type, rowShape, checksum }: RowFormat) {
    this.file = file
    this.path = path
    this.type = type
    this.rowShape = rowShape
    this.hash = checksum ? createHash('sha256') : undefined
  }

  /**
   * Begins a file, in place of one that may be there.
   *
   * @param rowShape sizes of one row, as in [1, 28, 28]; empty for one number a row
   * @param checksum whether to find the SHA-256
   * @throws WRITE_FAILED, as adding rows and closing do
   */
  static async create(
    path: string,
    type: ElementType,
    rowShape: readonly number[],
    { checksum = true }: { readonly checksum?: boolean } = {},
  ): Promise<NpyWriter> {
    const file = await namingWriteFaults(path, () => open(path, 'w'))
    const writer = new NpyWriter(file, { path, type, rowShape, checksum })
    try {
      await writer.writing(() => file.writeFile(formatNpyHeader(type, [0, ...rowShape])))
    } catch (error) {
      await writer.abandon()
      throw error
    }
    return writer
  }

  /**
   * Adds rows.
   *
   * @param values whole rows, row-major, in the array that belongs to the element type
   * @throws SHAPE when they are not whole rows, COLUMN_TYPE when they are of another array, WRITE_FAILED
   */
  async append(values: TensorValues): Promise<void> {
    const width = elementCount(this.rowShape)
    if (!(values instanceof ELEMENTS[this.type].array)) {
      const got = values.constructor.name
      throw new ModelHubError('COLUMN_TYPE', `values: expected ${ELEMENTS[this.type].array.name}, got ${got}`)
    }
    if (width === 0 || values.length % width !== 0) {
      throw new ModelHubError('SHAPE', `values: expected whole rows of ${width}, got ${values.length} values`)
    }
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    this.hash?.update(bytes)
    await this.writing(() => this.file.writeFile(bytes))
    this.rows += values.length / width
  }

  /** Writes the number of rows into the header and closes the file. */
  async close(): Promise<WrittenNpy> {
    const shape = [this.rows, ...this.rowShape]
    const header = formatNpyHeader(this.type, shape)
    await this.writing(() => this.file.write(header, 0, header.length, 0))
    await this.file.close()
    return { type: this.type, shape, sha256: this.hash?.digest('hex') ?? '' }
  }

  /** Closes the file as it is, half-written: whoever gives up removes it. */
  async abandon(): Promise<void> {
    await this.file.close()
  }

  private writing<T>(work: () => Promise<T>): Promise<T> {
    return namingWriteFaults(this.path, work)
  }
}
