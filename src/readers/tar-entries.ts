import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { ModelHubError, throwIfCancelled } from '../common/index.ts'
import { MAX_ENTRY_BYTES, type MediaEntry } from './media-entry.ts'

/**
 * The files of a .tar, .tar.gz or .tgz archive that are wanted, in the archive's order. The archive is read once, as a
 * stream; links and special files in it are passed over.
 *
 * @throws FILE_DAMAGED when the archive is cut short or is none
 */
export async function* tarEntries(
  path: string,
  isWanted: (name: string) => boolean,
  signal?: AbortSignal,
): AsyncGenerator<MediaEntry> {
  const { extract } = await import('tar-stream')
  const archive = extract()
  const source = createReadStream(path)
  const reading = /gz$/i.test(path) ? pipeline(source, createGunzip(), archive) : pipeline(source, archive)
  reading.catch(() => undefined) // the loop below fails as well, and reports it
  try {
    for await (const entry of archive) {
      throwIfCancelled(signal, path)
      const name = entry.header.name.replace(/^\.\//, '')
      if (entry.header.type === 'file' && isWanted(name)) yield await bufferedEntry(name, entry.header.size ?? 0, entry)
      else entry.resume()
    }
    await reading
  } catch (cause) {
    if (cause instanceof ModelHubError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ModelHubError('FILE_DAMAGED', `${path}: not a whole tar archive: ${reason}`, { cause })
  } finally {
    source.destroy()
    archive.destroy()
  }
}

async function bufferedEntry(name: string, size: number, entry: AsyncIterable<unknown>): Promise<MediaEntry> {
  const parts: Buffer[] = []
  for await (const part of entry) if (size <= MAX_ENTRY_BYTES) parts.push(part as Buffer)
  const bytes = Buffer.concat(parts)
  return {
    name,
    bytes: async () => {
      if (size > MAX_ENTRY_BYTES) throw new Error(`expected at most ${MAX_ENTRY_BYTES} bytes, got ${size}`)
      return bytes
    },
  }
}
