import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** A file of a model beside its ONNX file, by its checksum. */
export interface ChecksummedFile {
  readonly location: string
  readonly sha256: string
}

/** SHA-256 of all that a model runs on: that of its ONNX file alone, where there is nothing else. */
export function modelSha256(onnxSha256: string, beside: readonly ChecksummedFile[]): string {
  if (beside.length === 0) return onnxSha256
  const files = beside.map(({ location, sha256 }) => [location, sha256]).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([onnxSha256, files]))
    .digest('hex')
}

/** SHA-256 of a file, 64 hex digits. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
