import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ModelHubError } from '../common/index.ts'
import { MAX_ENTRY_BYTES } from './media-entry.ts'

/** Bytes that gzip gives at a time. */
const UNPACKED_BYTES = 2 ** 20

/** Items of an IDX file of unsigned bytes. */
export interface IdxFile {
  /** Shape of the file, items first: (items, height, width), or (items) of labels. */
  readonly shape: readonly number[]
  /** Bytes of each item in turn; only the first `shape[0]` are given. */
  items(): AsyncGenerator<Uint8Array>
}

/**
 * Opens an IDX file (LeCun, Cortes and Burges 1998), packed with gzip or not: two zero bytes, 8 for unsigned bytes, the
 * number of dimensions, the dimensions as big-endian 32-bit integers, then the values.
 *
 * @param dimensions what the file must have: 3 of images, 1 of labels
 * @throws FILE_DAMAGED when it is not such a file, or is cut short
 */
export async function openIdx(path: string, dimensions: number): Promise<IdxFile> {
  const headerBytes = 4 + 4 * dimensions
  for await (const header of pieces(path, headerBytes, 0)) {
    const isOurs = header.readUInt32BE(0) === 0x800 + dimensions
    if (!isOurs) throw damaged(path, `expected ${dimensions} dimensions of unsigned bytes`)
    const shape = Array.from({ length: dimensions }, (_, i) => header.readUInt32BE(4 + 4 * i))
    const itemBytes = shape.slice(1).reduce((product, size) => product * size, 1)
    if (itemBytes < 1 || itemBytes > MAX_ENTRY_BYTES) throw damaged(path, `items of ${itemBytes} bytes`)
    return { shape, items: () => itemsOf(path, { items: shape[0], itemBytes, headerBytes }) }
  }
  throw damaged(path, `expected a header of ${headerBytes} bytes`)
}

async function* itemsOf(
  path: string,
  { items, itemBytes, headerBytes }: { items: number; itemBytes: number; headerBytes: number },
): AsyncGenerator<Uint8Array> {
  let given = 0
  for await (const item of pieces(path, itemBytes, headerBytes)) {
    if (given === items) return
    given++
    yield item
  }
  if (given < items) throw damaged(path, `expected ${items} items, got ${given}`)
}

/** The bytes after `skip`, in pieces of one size; a rest that does not fill one is left out. */
async function* pieces(path: string, size: number, skip: number): AsyncGenerator<Buffer> {
  const source = createReadStream(path)
  const stream: Readable = /gz$/i.test(path) ? source.pipe(createGunzip({ chunkSize: UNPACKED_BYTES })) : source
  source.on('error', error => stream.destroy(error))
  let rest = Buffer.alloc(0)
  let toSkip = skip
  try {
    for await (const part of stream) {
      const bytes = Buffer.concat([rest, part as Buffer])
      let at = Math.min(toSkip, bytes.length)
      toSkip -= at
      for (; toSkip === 0 && at + size <= bytes.length; at += size) yield bytes.subarray(at, at + size)
      rest = bytes.subarray(at)
    }
  } catch (cause) {
    throw damaged(path, cause instanceof Error ? cause.message : String(cause), cause)
  } finally {
    source.destroy()
    stream.destroy()
  }
}

function damaged(path: string, reason: string, cause?: unknown): ModelHubError {
  return new ModelHubError('FILE_DAMAGED', `${path}: not a whole IDX file: ${reason}`, { cause })
}
