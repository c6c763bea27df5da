import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { CodedDataset } from '../retrieval/index.ts'
import { FeatureSets } from '../retrieval/feature-sets.ts'
import { MAGIC, SEGMENT_ENDING, TAIL_BYTES, type SegmentFooter } from './segment-format.ts'

/** Files that are being written begin so. */
export const TEMPORARY = 'tmp-'

/** What all datasets of a segment have in common. */
export type SegmentShape = Pick<SegmentFooter, 'domain' | 'references' | 'coarseBins' | 'stride'> & {
  readonly offsets: Uint32Array
}

/** A dataset of a segment: its codes under the id it has in the catalog. */
export interface SegmentEntry extends CodedDataset {
  readonly id: number
  /** First 32 bits of what its content hashes to: the same id with other content is another dataset. */
  readonly content: number
}

/**
 * Writes one segment file: to a temporary file, flushed, then renamed to a name of its checksum. Who is killed in the
 * middle leaves nothing that is looked at.
 */
export class SegmentWriter {
  readonly #folder: string
  readonly #shape: SegmentShape
  readonly #path: string
  readonly #file: number
  readonly #sets = new FeatureSets()
  readonly #coarse: Uint8Array[] = []
  readonly #numbers: number[][] = []

  constructor(folder: string, shape: SegmentShape) {
    mkdirSync(folder, { recursive: true })
    this.#folder = folder
    this.#shape = shape
    this.#path = join(folder, `${TEMPORARY}${randomUUID()}`)
    this.#file = openSync(this.#path, 'wx')
  }

  get size(): number {
    return this.#coarse.length
  }

  add({ id, content, features, coarse, coarseError, fine, fineError }: SegmentEntry): void {
    writeSync(this.#file, fine)
    this.#coarse.push(coarse.slice())
    this.#numbers.push([id, content, this.#sets.numberOf(features), coarseError, fineError, crc32(fine)])
  }

  /** @returns name of the file */
  finish(): string {
    const coarse = Buffer.concat(this.#coarse)
    const columns = [0, 1, 2, 3, 4, 5].map(column => this.#numbers.map(row => row[column]))
    const numbers = Buffer.concat(
      columns.map((column, at) => {
        const values = at === 3 || at === 4 ? Float32Array.from(column) : Uint32Array.from(column)
        return new Uint8Array(values.buffer)
      }),
    )
    const { offsets, ...shape } = this.#shape
    const residentCrc = crc32(numbers, crc32(coarse))
    const footer: SegmentFooter = {
      ...shape,
      datasets: this.size,
      offsets: Array.from(offsets),
      sets: this.#sets.all.map(set => Array.from(set)),
      residentCrc,
    }
    const text = Buffer.from(JSON.stringify(footer))
    const tail = Buffer.alloc(TAIL_BYTES)
    tail.writeUInt32LE(text.length, 0)
    tail.writeUInt32LE(crc32(text), 4)
    tail.write(MAGIC, 8, 'latin1')
    for (const part of [coarse, numbers, text, tail]) writeSync(this.#file, part)
    fsyncSync(this.#file)
    closeSync(this.#file)
    const crc = crc32(text).toString(16).padStart(8, '0')
    const name = `d${shape.domain}-${crc}-${randomUUID().slice(0, 8)}${SEGMENT_ENDING}`
    renameSync(this.#path, join(this.#folder, name))
    return name
  }

  /** Leaves nothing behind. */
  discard(): void {
    closeSync(this.#file)
    rmSync(this.#path, { force: true })
  }
}
