import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { MemberTable } from '../catalog/index.ts'
import { TEMPORARY } from './write-segment.ts'

const MAGIC = 'MHMEMBR1'
const ENDING = '.members'

const memberHeader = z.object({
  size: z.int().min(0),
  nameBytes: z.int().min(0),
  views: z.array(z.string().nullable()),
})

/** Columns of 32-bit numbers, in their order in the file, shape (size) each but the last, which has one more. */
const COLUMNS = ['ids', 'contents', 'domainIds', 'versions', 'viewOf', 'nameStarts'] as const

/**
 * Keeps the members of a hub as they were at a stamp (see `hubStamp`), in place of those of other stamps. Whole or not at
 * all: 16 bytes (magic, length and CRC-32 of the rest), a header as JSON padded to a multiple of 8, accuracies in 64-bit
 * floats, the columns, the names. Little-endian.
 */
export function writeMembers(folder: string, stamp: string, table: MemberTable): void {
  mkdirSync(folder, { recursive: true })
  const text = JSON.stringify({ size: table.size, nameBytes: table.nameBytes.length, views: table.views })
  const header = Buffer.from(text.padEnd(8 * Math.ceil(text.length / 8)))
  const columns = [table.sourceAccuracies, ...COLUMNS.map(name => table[name]), table.nameBytes]
  const parts = [
    header,
    ...columns.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  ]
  const start = Buffer.alloc(16)
  start.write(MAGIC, 0, 'latin1')
  start.writeUInt32LE(header.length, 8)
  start.writeUInt32LE(
    parts.reduce((crc, part) => crc32(part, crc), 0),
    12,
  )
  const temporary = join(folder, `${TEMPORARY}${randomUUID()}`)
  const file = openSync(temporary, 'wx')
  try {
    for (const part of [start, ...parts]) writeSync(file, part)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, join(folder, fileOf(stamp)))
  for (const name of readdirSync(folder)) {
    if (name.endsWith(ENDING) && name !== fileOf(stamp)) rmSync(join(folder, name), { force: true })
  }
}

/** The members of a hub at a stamp; undefined where they are not kept, or damaged. */
export function readMembers(folder: string, stamp: string): MemberTable | undefined {
  const path = join(folder, fileOf(stamp))
  if (!existsSync(path)) return undefined
  const bytes = readFileSync(path)
  if (bytes.length < 16 || bytes.toString('latin1', 0, 8) !== MAGIC) return undefined
  if (crc32(bytes.subarray(16)) !== bytes.readUInt32LE(12)) return undefined
  let at = 16 + bytes.readUInt32LE(8)
  const { size, nameBytes, views } = memberHeader.parse(JSON.parse(bytes.toString('utf8', 16, at)))
  // Views of numbers must begin at multiples of their size, which a buffer of the pool may not.
  const own = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes)
  const place = (length: number) => {
    at += length
    return own.byteOffset + at - length
  }
  const buffer = own.buffer as ArrayBuffer
  const sourceAccuracies = new Float64Array(buffer, place(8 * size), size)
  const column = (length: number) => new Uint32Array(buffer, place(4 * length), length)
  const [ids, contents, domainIds, versions, viewOf] = Array.from({ length: 5 }, () => column(size))
  const nameStarts = column(size + 1)
  return {
    ...{ size, views, sourceAccuracies, ids, contents, domainIds, versions, viewOf, nameStarts },
    nameBytes: new Uint8Array(buffer, place(nameBytes), nameBytes),
  }
}

function fileOf(stamp: string): string {
  return `${stamp}${ENDING}`
}
