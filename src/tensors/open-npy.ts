import { open, type FileHandle } from 'node:fs/promises'
import { ModelHubError } from '../common/index.ts'
import { elementBytes, elementCount, valuesOver, type ElementType, type TensorValues } from './element-type.ts'
import { MAX_NPY_HEADER_BYTES, npyHeader } from './npy-header.ts'

/** Most bytes that one read of the operating system gives. */
const MAX_READ_BYTES = 2 ** 30

/** An .npy file whose rows are read as they are needed. */
export interface NpyFile {
  readonly type: ElementType
  /** Sizes, rows first; empty for a single number. */
  readonly shape: readonly number[]
  /**
   * Rows `from` up to, and without, `to`.
   *
   * @throws OUT_OF_RANGE unless 0 ≤ from ≤ to ≤ rows
   */
  rows(from: number, to: number): Promise<TensorValues>
  close(): Promise<void>
}

/**
 * Opens an .npy file of format 1.0 or 2.0, C order, little-endian; see `npyHeader`.
 *
 * @throws FILE_NOT_FOUND, FILE_DAMAGED when it is no such file or has another length than its shape says, COLUMN_TYPE
 */
export async function openNpy(path: string): Promise<NpyFile> {
  const file = await open(path).catch((cause: unknown) => {
    throw new ModelHubError('FILE_NOT_FOUND', `${path}: cannot be opened`, { cause })
  })
  try {
    const { size } = await file.stat()
    const { type, shape, dataOffset } = npyHeader(await readAt(file, 0, Math.min(size, MAX_NPY_HEADER_BYTES)))
    const expected = dataOffset + elementCount(shape) * elementBytes(type)
    if (size !== expected) {
      throw new ModelHubError('FILE_DAMAGED', `expected ${expected} bytes for shape (${shape.join(', ')}), got ${size}`)
    }
    const rowBytes = elementCount(shape.slice(1)) * elementBytes(type)
    const rows = async (from: number, to: number) => {
      const whole = Number.isInteger(from) && Number.isInteger(to)
      if (!whole || from < 0 || to < from || to > (shape[0] ?? 1)) {
        throw new ModelHubError(
          'OUT_OF_RANGE',
          `${path}: expected rows within 0 to ${shape[0] ?? 1}, got ${from} to ${to}`,
        )
      }
      const bytes = await readAt(file, dataOffset + from * rowBytes, (to - from) * rowBytes)
      return valuesOver(type, bytes.buffer)
    }
    return { type, shape, rows, close: () => file.close() }
  } catch (error) {
    await file.close()
    if (!(error instanceof ModelHubError)) throw error
    throw new ModelHubError(error.code, `${path}: ${error.message}`, { cause: error })
  }
}

/** Bytes at a place, in a buffer of their own. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  for (let done = 0; done < length;) {
    const step = Math.min(length - done, MAX_READ_BYTES)
    const { bytesRead } = await file.read(bytes, done, step, position + done)
    if (bytesRead === 0) throw new ModelHubError('FILE_DAMAGED', `expected ${length} bytes, got ${done}`)
    done += bytesRead
  }
  return bytes
}
