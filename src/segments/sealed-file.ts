import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { TEMPORARY } from './write-segment.ts'

const MAGIC = 'MHSEALED'
/** Magic, bytes of the header, CRC-32 of all other bytes. */
const START_BYTES = 16

/** What a sealed file holds. */
export interface Sealed {
  /** JSON. */
  readonly header: unknown
  /** Begins at a multiple of 8 in its buffer, so that views of numbers can be made of it. */
  readonly body: Uint8Array
}

/**
 * Writes a file of a header and columns of numbers, whole or not at all: to a temporary file, flushed, then renamed.
 * Little-endian.
 */
export function writeSealed(path: string, header: object, columns: readonly ArrayBufferView[]): void {
  mkdirSync(dirname(path), { recursive: true })
  const text = Buffer.from(JSON.stringify(header))
  const padded = Buffer.alloc(8 * Math.ceil(text.length / 8), ' ')
  padded.set(text)
  const bytes = columns.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength))
  const start = Buffer.alloc(START_BYTES)
  start.write(MAGIC, 0, 'latin1')
  start.writeUInt32LE(padded.length, 8)
  // zlib takes no bytes for a beginning.
  const parts = [padded, ...bytes].filter(({ length }) => length > 0)
  start.writeUInt32LE(
    parts.reduce((crc, part) => crc32(part, crc), crc32(start.subarray(0, 12))),
    12,
  )
  const temporary = join(dirname(path), `${TEMPORARY}${randomUUID()}`)
  const file = openSync(temporary, 'wx')
  try {
    for (const part of [start, ...parts]) writeSync(file, part)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

/** Reads what `writeSealed` wrote; undefined where there is nothing, or it is damaged. */
export function readSealed(path: string): Sealed | undefined {
  const bytes = readIfThere(path)
  if (!bytes || bytes.length <= START_BYTES || bytes.toString('latin1', 0, 8) !== MAGIC) return undefined
  const crc = crc32(bytes.subarray(START_BYTES), crc32(bytes.subarray(0, 12)))
  if (crc !== bytes.readUInt32LE(12)) return undefined
  const at = START_BYTES + bytes.readUInt32LE(8)
  const own = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes)
  return { header: JSON.parse(bytes.toString('utf8', START_BYTES, at)) as unknown, body: own.subarray(at) }
}

/** Another process may remove a file at any time. */
function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
