import { createHash } from 'node:crypto'
import { ModelHubError } from '../common/index.ts'
import { bytesOf } from './bytes.ts'
import { checkAddress } from './check-address.ts'
import { chunksOf } from './chunks-of.ts'
import type { ObjectSource, ObjectStore, StoredObject } from './object-store.ts'
import type { CatalogReader } from './schema.ts'

/** A row holds at most this much, which drivers and servers handle with ease. */
const CHUNK_BYTES = 1 << 20

/**
 * Objects in the hub's own database, in rows of at most 1 MiB. Only for a database of several connections: objects are
 * stored and deleted by transactions of their own, also while a write of the catalog runs.
 */
export function databaseObjectStore(db: CatalogReader): ObjectStore {
  return {
    put: source => putObject(db, source),
    get: sha256 => getObject(db, sha256),
    async has(sha256) {
      checkAddress(sha256)
      return (await storedSize(db, sha256)) !== undefined
    },
    async delete(sha256) {
      checkAddress(sha256)
      await db.deleteFrom('object').where('sha256', '=', sha256).execute()
    },
  }
}

async function putObject(db: CatalogReader, source: ObjectSource): Promise<StoredObject> {
  const stored = await addressOf(source)
  const { sha256, sizeBytes } = stored
  const known = await storedSize(db, sha256)
  if (known !== undefined && (await isWhole(db, sha256))) return stored
  await db.transaction().execute(async tx => {
    if (known !== undefined) await tx.deleteFrom('object').where('sha256', '=', sha256).execute()
    const { numInsertedOrUpdatedRows: inserted } = await tx
      .insertInto('object')
      .values({ sha256, size_bytes: sizeBytes })
      .onConflict(clash => clash.doNothing())
      .executeTakeFirstOrThrow()
    // Whoever stores the same at the same time has been waited for, and has stored all of it.
    if (inserted === 0n) return
    const hash = createHash('sha256')
    let ordinal = 0
    for await (const bytes of smallChunksOf(source)) {
      hash.update(bytes)
      await tx.insertInto('object_chunk').values({ sha256, ordinal, bytes }).execute()
      ordinal++
    }
    if (hash.digest('hex') !== sha256) throw new ModelHubError('FILE_UNREADABLE', changedMessage(source))
  })
  return stored
}

async function getObject(db: CatalogReader, sha256: string): Promise<Uint8Array> {
  checkAddress(sha256)
  const sizeBytes = await storedSize(db, sha256)
  if (sizeBytes === undefined) throw new ModelHubError('HUB_DAMAGED', `object ${sha256}: missing`)
  const object = new Uint8Array(sizeBytes)
  const hash = createHash('sha256')
  let at = 0
  for await (const bytes of storedChunks(db, sha256)) {
    hash.update(bytes)
    // What lies beyond the stated size shows in the checksum.
    object.set(bytes.subarray(0, Math.max(0, sizeBytes - at)), Math.min(at, sizeBytes))
    at += bytes.length
  }
  const found = hash.digest('hex')
  if (found !== sha256 || at !== sizeBytes) {
    throw new ModelHubError('HUB_DAMAGED', `object ${sha256}: expected that SHA-256, got ${found}`)
  }
  return object
}

async function isWhole(db: CatalogReader, sha256: string): Promise<boolean> {
  const hash = createHash('sha256')
  for await (const bytes of storedChunks(db, sha256)) hash.update(bytes)
  return hash.digest('hex') === sha256
}

async function* storedChunks(db: CatalogReader, sha256: string): AsyncGenerator<Uint8Array> {
  for (let ordinal = 0; ; ordinal++) {
    const row = await db
      .selectFrom('object_chunk')
      .select('bytes')
      .where('sha256', '=', sha256)
      .where('ordinal', '=', ordinal)
      .executeTakeFirst()
    if (row === undefined) return
    yield bytesOf(row.bytes)
  }
}

async function storedSize(db: CatalogReader, sha256: string): Promise<number | undefined> {
  const row = await db.selectFrom('object').select('size_bytes').where('sha256', '=', sha256).executeTakeFirst()
  return row && Number(row.size_bytes)
}

async function addressOf(source: ObjectSource): Promise<StoredObject> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of chunksOf(source)) {
    hash.update(chunk)
    sizeBytes += chunk.length
  }
  return { sha256: hash.digest('hex'), sizeBytes }
}

async function* smallChunksOf(source: ObjectSource): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunksOf(source)) {
    for (let from = 0; from < chunk.length; from += CHUNK_BYTES) yield chunk.subarray(from, from + CHUNK_BYTES)
  }
}

function changedMessage(source: ObjectSource): string {
  return `${source instanceof Uint8Array ? 'object' : source.path}: changed while it was read`
}
