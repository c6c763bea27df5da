import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { NpyWriter, openNpy, type NpyFile } from '../tensors/index.ts'
import type { EncodedText } from './text-tokenizer.ts'

/**
 * Encoded texts on disk, one after the other, until the longest is known: one 32-bit number a token,
 * 2 · id + segment. Only the place of each text is held in memory.
 */
export class TokenFile {
  /** Tokens of the longest text. */
  longest = 0
  private readonly path: string
  private readonly writer: NpyWriter
  private readonly ends: number[] = []
  private file?: NpyFile

  private constructor(path: string, writer: NpyWriter) {
    this.path = path
    this.writer = writer
  }

  /** Begins the file in a folder, which is made when it is not there. */
  static async create(folder: string): Promise<TokenFile> {
    await mkdir(folder, { recursive: true })
    const path = join(folder, 'tokens.part.npy')
    return new TokenFile(path, await NpyWriter.create(path, 'int32', []))
  }

  async append(texts: readonly EncodedText[]): Promise<void> {
    const codes = texts.flatMap(({ ids, segments }) => ids.map((id, i) => 2 * id + segments[i]))
    await this.writer.append(Int32Array.from(codes))
    for (const { ids } of texts) {
      this.ends.push((this.ends.at(-1) ?? 0) + ids.length)
      this.longest = Math.max(this.longest, ids.length)
    }
  }

  /** No text can be added after it. */
  async finish(): Promise<void> {
    await this.writer.close()
    this.file = await openNpy(this.path)
  }

  /** Texts `from` up to, and without, `to`; `finish` has been called. */
  async texts(from: number, to: number): Promise<readonly EncodedText[]> {
    const start = this.ends[from - 1] ?? 0
    const codes = (await this.file!.rows(start, this.ends[to - 1] ?? start)) as Int32Array
    return Array.from({ length: to - from }, (_, i) => {
      const own = codes.subarray((this.ends[from + i - 1] ?? 0) - start, this.ends[from + i] - start)
      return { ids: Array.from(own, code => code >> 1), segments: Array.from(own, code => code & 1) }
    })
  }

  /** Closes and removes the file. */
  async remove(): Promise<void> {
    await (this.file ? this.file.close() : this.writer.abandon())
    await rm(this.path, { force: true })
  }
}
