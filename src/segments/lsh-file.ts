import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { SortedBands } from '../retrieval/index.ts'
import { SEGMENT_ENDING } from './segment-format.ts'
import { TEMPORARY } from './write-segment.ts'

/** Hash tables of a segment lie beside it under the same name. */
export const LSH_ENDING = '.lsh'

const MAGIC = 'MHBANDS1'

const lshHeader = z.object({
  /** What the hashes were drawn by. */
  key: z.string(),
  bands: z.int().min(1),
  entries: z.int().min(1),
})

/** What tables are kept under. */
export interface LshKey {
  /** Names the parameters: tables of others are not used. */
  readonly key: string
  readonly bands: number
  readonly entries: number
}

/** Writes the tables of a segment; whole or not at all. */
export function writeLsh(segment: string, header: LshKey, { keys, entries }: SortedBands): void {
  const path = lshPath(segment)
  const temporary = join(dirname(segment), `${TEMPORARY}${randomUUID()}`)
  const text = Buffer.from(JSON.stringify(header))
  const start = Buffer.alloc(16)
  start.write(MAGIC, 0, 'latin1')
  start.writeUInt32LE(text.length, 8)
  const parts = [text, bytesOf(keys), bytesOf(entries)]
  start.writeUInt32LE(
    parts.reduce((crc, part) => crc32(part, crc), 0),
    12,
  )
  const file = openSync(temporary, 'wx')
  try {
    for (const part of [start, ...parts]) writeSync(file, part)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

/** The tables of a segment; undefined where there are none, or none of these parameters, or damaged ones. */
export function readLsh(segment: string, wanted: LshKey): SortedBands | undefined {
  const path = lshPath(segment)
  if (!existsSync(path)) return undefined
  const bytes = readFileSync(path)
  if (bytes.length < 16 || bytes.toString('latin1', 0, 8) !== MAGIC) return undefined
  const numbers = 16 + bytes.readUInt32LE(8)
  if (crc32(bytes.subarray(16)) !== bytes.readUInt32LE(12)) return undefined
  const header = lshHeader.safeParse(JSON.parse(bytes.toString('utf8', 16, numbers)))
  if (!header.success || JSON.stringify(header.data) !== JSON.stringify(wanted)) return undefined
  const all = new Uint32Array(new Uint8Array(bytes.subarray(numbers)).buffer)
  return { keys: all.subarray(0, all.length / 2), entries: all.subarray(all.length / 2) }
}

/** Removes a segment's file and the tables beside it. */
export function removeSegment(segment: string): void {
  rmSync(segment, { force: true })
  rmSync(lshPath(segment), { force: true })
}

function lshPath(segment: string): string {
  return segment.slice(0, -SEGMENT_ENDING.length) + LSH_ENDING
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
