import { stat } from 'node:fs/promises'
import { isPostgresUrl, postgresPlace } from '../catalog/index.ts'
import { VERSION } from '../common/version.ts'
import { fileSha256 } from '../hub/index.ts'
import type { RankResult, SearchResult } from '../hub/index.ts'
import { SKETCH_FORMAT } from '../sketch/index.ts'
import type { ReceiptContent, ReceiptKind } from './receipt.ts'

/** A search or a ranking that has been done. */
export interface Done {
  readonly kind: ReceiptKind
  /** Place of the hub, as `Hub.open` takes it. */
  readonly hub: string
  /** Of the target, as given. */
  readonly places: readonly string[]
  /** As the library took them; what is no plain value (keys, signals, hooks) is left out. */
  readonly options: object
  readonly result: SearchResult | RankResult
}

/** Options that say where something is kept, and not what was asked for. */
const NOT_ASKED = ['cache', 'reference']

/**
 * What a receipt says of a search or a ranking. Files are read for their checksums; nothing else of the data, no key and
 * no password goes in.
 */
export async function receiptContent({ kind, hub, places, options, result }: Done, now: Date): Promise<ReceiptContent> {
  return {
    format: 1,
    kind,
    createdAt: now.toISOString(),
    versions: { modelhub: VERSION, sketchFormat: SKETCH_FORMAT },
    hub: isPostgresUrl(hub) ? postgresPlace(hub).name : hub,
    target: await Promise.all(places.map(async place => ({ place, sha256: await checksumOf(place) }))),
    keyed: 'key' in options && options.key !== undefined,
    options: Object.fromEntries(
      Object.entries(options).filter(([name, value]) => !NOT_ASKED.includes(name) && isPlain(value)),
    ),
    result,
  }
}

/** SHA-256 of a file; null of a folder, a glob, and what is gone or cannot be read. */
async function checksumOf(place: string): Promise<string | null> {
  const found = await stat(place).catch(() => undefined)
  return found?.isFile() ? fileSha256(place).catch(() => null) : null
}

/** Whether JSON holds all of a value. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain)
  if (typeof value !== 'object' || value === null) return ['string', 'number', 'boolean'].includes(typeof value)
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain)
}
