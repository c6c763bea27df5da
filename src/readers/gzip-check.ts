import { createReadStream } from 'node:fs'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { ModelHubError, throwIfCancelled } from '../common/index.ts'
import type { ReadOptions } from '../dataset/index.ts'
import type { FoundFile } from './find-files.ts'

/**
 * Unpacks a gzip file to nowhere, so that its length and checksums (RFC 1952) are proven. DuckDB takes a truncated file
 * for a shorter one without a word. Memory does not grow with the file.
 *
 * @throws FILE_DAMAGED when the file is truncated, fails its checksum or is not gzip
 * @throws CANCELLED once the signal is aborted
 */
export async function checkGzip(file: FoundFile, options: ReadOptions = {}): Promise<void> {
  const source = createReadStream(file.path)
  source.on('data', () =>
    options.onProgress?.({ stage: 'checking', done: source.bytesRead, total: file.sizeBytes, unit: 'bytes' }),
  )
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  try {
    await pipeline(source, createGunzip(), nowhere, { signal: options.signal })
  } catch (cause) {
    throwIfCancelled(options.signal, file.path)
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ModelHubError('FILE_DAMAGED', `${file.path}: not a whole gzip file: ${reason}`, { cause })
  }
}
