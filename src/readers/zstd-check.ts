import { open, type FileHandle } from 'node:fs/promises'
import { ModelHubError } from '../common/index.ts'
import type { FoundFile } from './find-files.ts'

const FRAME_MAGIC = 0xfd2fb528
const SKIPPABLE_MAGIC = 0x184d2a50
const DICTIONARY_ID_BYTES = [0, 1, 2, 4]
const CONTENT_SIZE_BYTES = [0, 2, 4, 8]
const RLE_BLOCK = 1

/**
 * Walks the frames and block headers of a Zstandard file (RFC 8878, section 3.1) to its end, without unpacking it:
 *
 *   magic(4) header(2–14) { block header(3) block }… checksum(0 or 4)
 *
 * DuckDB takes a truncated file for a shorter one without a word.
 *
 * @throws FILE_DAMAGED when the file is truncated, empty or not Zstandard
 */
export async function checkZstd(file: FoundFile): Promise<void> {
  const handle = await open(file.path)
  try {
    let offset = 0
    do offset = await frameEnd(handle, offset, file)
    while (offset < file.sizeBytes)
    if (offset > file.sizeBytes) throw damaged(file, `truncated: ${offset} bytes promised, ${file.sizeBytes} there`)
  } finally {
    await handle.close()
  }
}

async function frameEnd(handle: FileHandle, start: number, file: FoundFile): Promise<number> {
  const head = await bytesAt(handle, start, 8, file)
  const magic = head.readUInt32LE(0)
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) return start + 8 + head.readUInt32LE(4)
  if (magic !== FRAME_MAGIC) throw damaged(file, `byte ${start} does not start a frame`)
  const descriptor = head[4]
  const checksumBytes = descriptor & 0b100 ? 4 : 0
  return (await lastBlockEnd(handle, start + 4 + headerBytes(descriptor), file)) + checksumBytes
}

/** Length of the frame header, its descriptor byte included. */
function headerBytes(descriptor: number): number {
  const singleSegment = Boolean(descriptor & 0b100000)
  const contentSizeFlag = descriptor >>> 6
  const contentSizeBytes = singleSegment && contentSizeFlag === 0 ? 1 : CONTENT_SIZE_BYTES[contentSizeFlag]
  return 1 + (singleSegment ? 0 : 1) + DICTIONARY_ID_BYTES[descriptor & 0b11] + contentSizeBytes
}

async function lastBlockEnd(handle: FileHandle, firstBlock: number, file: FoundFile): Promise<number> {
  let offset = firstBlock
  for (;;) {
    const header = (await bytesAt(handle, offset, 3, file)).readUIntLE(0, 3)
    const isRunLength = ((header >>> 1) & 0b11) === RLE_BLOCK
    offset += 3 + (isRunLength ? 1 : header >>> 3)
    if (header & 1) return offset
  }
}

async function bytesAt(handle: FileHandle, offset: number, length: number, file: FoundFile): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, offset)
  if (bytesRead < length) throw damaged(file, `truncated at byte ${offset + bytesRead}`)
  return buffer
}

function damaged(file: FoundFile, reason: string): ModelHubError {
  return new ModelHubError('FILE_DAMAGED', `${file.path}: not a whole Zstandard file: ${reason}`)
}
