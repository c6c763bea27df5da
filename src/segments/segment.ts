import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import { ModelHubError } from '../common/index.ts'
import type { DatasetRounding, MaskedBlock, RowSource } from '../retrieval/index.ts'
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
  /** Bytes of merged codes whose checksum was taken; undefined when it is known to match. */
  #summed: number | undefined = 0
  #crc = 0

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

  /** Sets of features as a block numbers them, and what rounding did; the block must have at least this segment's features. */
  rounding({ sets }: Pick<MaskedBlock, 'sets'>): DatasetRounding {
    const numberOfSet = this.footer.sets.map(set => sets.numberOf(Uint32Array.from(set)))
    const { setOf, coarseErrors, fineErrors } = this.numbers
    return { setOf: setOf.map(set => numberOfSet[set]), coarseErrors, fineErrors }
  }

  /**
   * The merged codes, which are read when they are asked for.
   *
   * @param stride of the rows where they go, at least this segment's own
   * @returns what throws FILE_DAMAGED when the checksum does not match
   */
  merged(stride: number): RowSource {
    return {
      rows: this.footer.datasets,
      read: (from, into) => this.#readRows(from, into, stride),
      readAll: into => this.#readAllRows(into, stride),
    }
  }

  /**
   * Reads all codes.
   *
   * @throws FILE_DAMAGED when a checksum does not match
   */
  verify(): void {
    this.#verifyMerged()
    const codes = new Uint8Array(this.#sections.width)
    for (let dataset = 0; dataset < this.footer.datasets; dataset++) this.readFine(dataset, codes)
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

  #readRows(from: number, into: Uint8Array, stride: number): void {
    const own = this.footer.stride
    const rows = into.length / stride
    const codes = own === stride ? into : new Uint8Array(rows * own)
    if (from * own !== this.#summed) this.#verifyMerged()
    this.#fill(codes, this.#sections.coarse + from * own)
    this.#sum(codes)
    if (own !== stride) spread(codes, own, { into, stride })
  }

  async #readAllRows(into: Uint8Array, stride: number): Promise<void> {
    const own = this.footer.stride
    const codes = own === stride ? into : new Uint8Array(this.footer.datasets * own)
    this.#requireCrc(await this.#pooledFill(codes, this.#sections.coarse))
    if (own !== stride) spread(codes, own, { into, stride })
  }

  /** Takes the checksum of merged codes that were read in their order; nothing once all have been read. */
  #sum(codes: Uint8Array): void {
    if (this.#summed === undefined) return
    this.#crc = crc32(codes, this.#crc)
    this.#summed += codes.length
    if (this.#summed < this.footer.datasets * this.footer.stride) return
    this.#requireCrc(this.#crc)
    this.#summed = undefined
  }

  /** Reads the merged codes that no checksum was taken of yet. */
  #verifyMerged(): void {
    const bytes = this.footer.datasets * this.footer.stride
    while (this.#summed !== undefined) {
      this.#sum(this.#read(this.#sections.coarse + this.#summed, Math.min(BYTES_A_POOLED_READ, bytes - this.#summed)))
    }
  }

  #requireCrc(crc: number): void {
    if (crc32(this.#numbersCrcOver, crc) !== this.footer.residentCrc) throw damaged(this.path, 'its checksum differs')
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

/** Rows of codes to longer rows, which end in zeros. */
function spread(codes: Uint8Array, own: number, { into, stride }: { into: Uint8Array; stride: number }): void {
  into.fill(0)
  for (let row = 0; row * own < codes.length; row++) {
    into.set(codes.subarray(row * own, (row + 1) * own), row * stride)
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
