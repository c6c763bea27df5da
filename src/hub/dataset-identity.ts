import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { fileSha256 } from './model-sha256.ts'

/** Endings that say how a file is written, not what it is. */
const ENDINGS = /(\.sketch)?(\.(csv|tsv|parquet|json|jsonl|ndjson|txt|npy|idx|zip|tar|tgz|gz|bz2|zst|xz))+$/i

/**
 * The name that a dataset goes by unless it is given one: that of its file or folder, without its ending. Undefined for
 * several files and for globs, which have no name in common.
 */
export function datasetName(places: readonly string[]): string | undefined {
  if (places.length !== 1 || /[*?[\]{}]/.test(places[0])) return undefined
  const name = basename(places[0].slice(places[0].indexOf('=') + 1)).replace(ENDINGS, '')
  return name === '' || name === '.' || name === '..' ? undefined : name
}

/** Whether data are ready tensors, which cannot be sketched. */
export function areReadyTensors(places: readonly string[]): boolean {
  return places.some(place => place.endsWith('.npy'))
}

/**
 * SHA-256 of ready tensors: of the checksums of their files, in their order.
 *
 * @throws FILE_NOT_FOUND
 */
export async function tensorsSha256(places: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const place of places) {
    const path = place.slice(place.indexOf('=') + 1)
    const sha256 = await fileSha256(path).catch((cause: unknown) => {
      throw new ModelHubError('FILE_NOT_FOUND', `${path}: cannot be read`, { cause })
    })
    hash.update(sha256)
  }
  return hash.digest('hex')
}
