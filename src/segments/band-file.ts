import { rmSync } from 'node:fs'
import type { SortedBands } from '../retrieval/index.ts'
import { readSealed, writeSealed } from './sealed-file.ts'
import { SEGMENT_ENDING } from './segment-format.ts'

/** Hash tables of a segment lie beside it under the same name: those of JS-LSH, and MinHash bands. */
const ENDINGS = { js: '.lsh', 'min-hash': '.minhash' } as const

/** What tables are of. */
export type BandKind = keyof typeof ENDINGS

/** What tables are kept under. */
export interface BandKey {
  /** Names the parameters: tables of others are not used. */
  readonly key: string
  readonly bands: number
  readonly entries: number
}

/** Writes the tables of a segment; whole or not at all. */
export function writeBands(kind: BandKind, segment: string, header: BandKey, { keys, entries }: SortedBands): void {
  writeSealed(pathOf(kind, segment), header, [keys, entries])
}

/** The tables of a segment; undefined where there are none, or none of these parameters, or damaged ones. */
export function readBands(kind: BandKind, segment: string, wanted: BandKey): SortedBands | undefined {
  const sealed = readSealed(pathOf(kind, segment))
  if (!sealed || JSON.stringify(sealed.header) !== JSON.stringify(wanted)) return undefined
  const { buffer, byteOffset } = sealed.body
  const count = wanted.bands * wanted.entries
  return {
    keys: new Uint32Array(buffer as ArrayBuffer, byteOffset, count),
    entries: new Uint32Array(buffer as ArrayBuffer, byteOffset + 4 * count, count),
  }
}

/** Removes a segment's file and the tables beside it. */
export function removeSegment(segment: string): void {
  rmSync(segment, { force: true })
  for (const kind of ['js', 'min-hash'] as const) rmSync(pathOf(kind, segment), { force: true })
}

function pathOf(kind: BandKind, segment: string): string {
  return segment.slice(0, -SEGMENT_ENDING.length) + ENDINGS[kind]
}
