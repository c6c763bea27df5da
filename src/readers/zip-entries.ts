import { buffer } from 'node:stream/consumers'
import type { Entry, ZipFile } from 'yauzl'
import { ModelHubError, throwIfCancelled } from '../common/index.ts'
import { MAX_ENTRY_BYTES, type MediaEntry } from './media-entry.ts'

/**
 * The files of a .zip archive that are wanted, in the order of its directory. An entry that cannot be unpacked fails
 * alone.
 *
 * @throws FILE_DAMAGED when the archive's directory cannot be read
 */
export async function* zipEntries(
  path: string,
  isWanted: (name: string) => boolean,
  signal?: AbortSignal,
): AsyncGenerator<MediaEntry> {
  const { openPromise } = await import('yauzl')
  let zip: ZipFile | undefined
  try {
    const opened = await openPromise(path, { autoClose: false })
    zip = opened
    for await (const entry of opened.eachEntry()) {
      throwIfCancelled(signal, path)
      if (!isWanted(entry.fileName)) continue
      const bytes = await unpacked(opened, entry).catch((fault: unknown) => fault)
      yield { name: entry.fileName, bytes: async () => wholeBytes(bytes) }
    }
  } catch (cause) {
    if (cause instanceof ModelHubError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ModelHubError('FILE_DAMAGED', `${path}: not a whole zip archive: ${reason}`, { cause })
  } finally {
    zip?.close()
  }
}

async function unpacked(zip: ZipFile, entry: Entry): Promise<Buffer> {
  if (entry.uncompressedSize > MAX_ENTRY_BYTES) {
    throw new Error(`expected at most ${MAX_ENTRY_BYTES} bytes, got ${entry.uncompressedSize}`)
  }
  return buffer(await zip.openReadStreamPromise(entry))
}

function wholeBytes(bytes: unknown): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes
  throw bytes
}
