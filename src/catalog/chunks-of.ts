import { createReadStream } from 'node:fs'
import { ModelHubError } from '../common/index.ts'
import type { ObjectSource } from './object-store.ts'

/**
 * The bytes of a source, a file's in chunks of at most 1 MiB.
 *
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE for a file that cannot be read
 */
export async function* chunksOf(source: ObjectSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    yield source
    return
  }
  try {
    yield* createReadStream(source.path, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    const message = missing ? 'no such file' : cause instanceof Error ? cause.message : String(cause)
    throw new ModelHubError(missing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE', `${source.path}: ${message}`, { cause })
  }
}
