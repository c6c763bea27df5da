import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import { ModelHubError } from '../common/index.ts'
import type { MaskedBlock } from '../retrieval/index.ts'
import { MAGIC, NUMBERS, sectionsOf, segmentFooter, TAIL_BYTES, type SegmentFooter } from './segment-format.ts'

const readAsync = promisify(read)

/** Bytes asked of the system in one read. */
const BYTES_A_READ = 2 ** 30
/** The same where the thread pool reads: short enough that one thread checks sums of what others read meanwhile. */
const BYTES_A_POOLED_READ = 2 ** 23

/** The numbers of a segment, each of shape (datasets). */
export interface SegmentNumbers {
  readonly ids: Uint32Array
  readonly contents: Uint32Array
  readonly setOf: Uint32Array
  readonly coarseErrors: Float32Array
  readonly fineErrors: Float32Array
  readonly fineCrcs: Uint32Array
}

/** An open segment file. Close it when done; it stays readable even when another process has removed the file. */
export class Segment {
  readonly path: string
  readonly footer: SegmentFooter
  readonly numbers: SegmentNumbers
  /** Bytes of the file. */
  readonly sizeBytes: number
  readonly #file: number
  readonly #sections: ReturnType<typeof sectionsOf>
  readonly #numbersCrcOver: Uint8Array

  private constructor(path: string, file: number) {
    this.path = path
    this.#file = file
    this.sizeBytes = fstatSync(file).size
    this.footer = readFooter(path, file, this.sizeBytes)
    this.#sections = sectionsOf(this.footer)
    const footerBytes = this.sizeBytes - TAIL_BYTES - this.#sections.footer
    if (footerBytes <= 0) throw damaged(path, 'it is shorter than its footer says')
    this.#numbersCrcOver = this.#read(this.#sections.numbers, NUMBERS.length * 4 * this.footer.datasets)
    this.numbers = numbersOf(this.#numbersCrcOver, this.footer.datasets)
  }

  /**
   * Opens a segment file. The footer is checked here, codes when they are read.
   *
   * @throws FILE_DAMAGED when it is none, or truncated
   * @throws FILE_NOT_FOUND when it is gone
   */
  static open(path: string): Segment {
    const file = openFile(path)
    try {
      return new Segment(path, file)
    } catch (error) {
      closeSync(file)
      throw error
    }
  }

  /**
   * Adds the datasets to a block that has at least this segment's features, which come first there. Their room is taken
   * at once and filled by the thread pool, so that several segments can be read side by side; the block must have been
   * given room for all of them before (`reserve`).
   *
   * @throws FILE_DAMAGED when the checksum does not match
   */
  async readInto(block: MaskedBlock): Promise<void> {
    const { datasets, sets, stride, residentCrc } = this.footer
    const numberOfSet = sets.map(set => block.sets.numberOf(Uint32Array.from(set)))
    const { setOf, coarseErrors, fineErrors } = this.numbers
    const room = block.extend({ setOf: setOf.map(set => numberOfSet[set]), coarseErrors, fineErrors })
    const same = block.rows.stride === stride
    const codes = same ? room : new Uint8Array(datasets * stride)
    const crc = await this.#pooledFill(codes, this.#sections.coarse)
    if (crc32(this.#numbersCrcOver, crc) !== residentCrc) throw damaged(this.path, 'its checksum differs')
    if (same) return
    room.fill(0)
    for (let row = 0; row < datasets; row++) {
      room.set(codes.subarray(row * stride, (row + 1) * stride), row * block.rows.stride)
    }
  }

  /**
   * The codes of all bins of a dataset.
   *
   * @param into where they go, at least shape (bins)
   * @throws FILE_DAMAGED when the checksum does not match
   */
  readFine(dataset: number, into: Uint8Array): void {
    const codes = into.subarray(0, this.#sections.width)
    this.#fill(codes, dataset * this.#sections.width)
    if (crc32(codes) !== this.numbers.fineCrcs[dataset]) {
      throw damaged(this.path, `the checksum of dataset ${dataset} differs`)
    }
  }

  close(): void {
    closeSync(this.#file)
  }

  #read(at: number, bytes: number): Uint8Array {
    const read = new Uint8Array(bytes)
    this.#fill(read, at)
    return read
  }

  /** @returns CRC-32 of what was read */
  async #pooledFill(into: Uint8Array, at: number): Promise<number> {
    let crc = 0
    for (let done = 0; done < into.length;) {
      const wanted = Math.min(BYTES_A_POOLED_READ, into.length - done)
      const { bytesRead } = await readAsync(this.#file, into, done, wanted, at + done)
      if (bytesRead === 0) throw damaged(this.path, 'it ends too early')
      crc = crc32(into.subarray(done, done + bytesRead), crc)
      done += bytesRead
    }
    return crc
  }

  #fill(into: Uint8Array, at: number): void {
    for (let done = 0; done < into.length;) {
      const got = readSync(this.#file, into, done, Math.min(BYTES_A_READ, into.length - done), at + done)
      if (got === 0) throw damaged(this.path, 'it ends too early')
      done += got
    }
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    throw new ModelHubError('FILE_NOT_FOUND', `${path}: cannot be opened`, { cause })
  }
}

function readFooter(path: string, file: number, size: number): SegmentFooter {
  const tail = Buffer.alloc(TAIL_BYTES)
  if (size < TAIL_BYTES) throw damaged(path, 'it is truncated')
  readSync(file, tail, 0, TAIL_BYTES, size - TAIL_BYTES)
  const length = tail.readUInt32LE(0)
  if (tail.toString('latin1', 8) !== MAGIC || length > size - TAIL_BYTES) throw damaged(path, 'it is truncated')
  const text = Buffer.alloc(length)
  readSync(file, text, 0, length, size - TAIL_BYTES - length)
  if (crc32(text) !== tail.readUInt32LE(4)) throw damaged(path, 'the checksum of its footer differs')
  const parsed = segmentFooter.safeParse(JSON.parse(text.toString()))
  if (!parsed.success) throw damaged(path, 'its footer is of another release')
  return parsed.data
}

function numbersOf({ buffer }: Uint8Array, datasets: number): SegmentNumbers {
  const at = (name: (typeof NUMBERS)[number]) => [buffer, 4 * datasets * NUMBERS.indexOf(name), datasets] as const
  return {
    ids: new Uint32Array(...at('ids')),
    contents: new Uint32Array(...at('contents')),
    setOf: new Uint32Array(...at('setOf')),
    coarseErrors: new Float32Array(...at('coarseErrors')),
    fineErrors: new Float32Array(...at('fineErrors')),
    fineCrcs: new Uint32Array(...at('fineCrcs')),
  }
}

function damaged(path: string, how: string): ModelHubError {
  return new ModelHubError('FILE_DAMAGED', `${path}: ${how}`)
}
