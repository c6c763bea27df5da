import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ModelHubError, namingWriteFaults } from '../common/index.ts'
import { checkAddress } from './check-address.ts'
import { chunksOf } from './chunks-of.ts'
import type { ObjectSource, ObjectStore, StoredObject } from './object-store.ts'

const TEMPORARY = 'tmp-'
const STALE_AFTER_MS = 24 * 3600 * 1000

/**
 * An object store in a folder: `ab/abcdef…`, by the first two digits of the checksum. Bytes are written to `tmp-…`,
 * flushed and renamed. Files that a killed process left half-written are removed once they are a day old.
 */
export async function openFolderObjectStore(folder: string): Promise<ObjectStore> {
  await mkdir(folder, { recursive: true })
  await removeStaleTemporaries(folder)
  const path = (sha256: string) => objectPath(folder, sha256)
  return {
    path,
    put: source => namingWriteFaults(folder, () => putObject(folder, source)),
    get: async sha256 => getObject(path(sha256), sha256),
    has: async sha256 => isFile(path(sha256)),
    delete: async sha256 => rm(path(sha256), { force: true }),
  }
}

function objectPath(folder: string, sha256: string): string {
  checkAddress(sha256)
  return join(folder, sha256.slice(0, 2), sha256)
}

async function putObject(folder: string, source: ObjectSource): Promise<StoredObject> {
  const temporary = join(folder, `${TEMPORARY}${randomUUID()}`)
  try {
    const stored = await writeHashed(source, temporary)
    const place = objectPath(folder, stored.sha256)
    if ((await isFile(place)) && (await fileSha256(place)) === stored.sha256) return stored
    await mkdir(dirname(place), { recursive: true })
    await flush(folder)
    await rename(temporary, place)
    await flush(dirname(place))
    return stored
  } finally {
    await rm(temporary, { force: true })
  }
}

async function writeHashed(source: ObjectSource, target: string): Promise<StoredObject> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const file = await open(target, 'wx')
  try {
    for await (const chunk of chunksOf(source)) {
      hash.update(chunk)
      sizeBytes += chunk.length
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), sizeBytes }
}

async function getObject(path: string, sha256: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    if (!isMissing(cause)) throw cause
    throw new ModelHubError('HUB_DAMAGED', `object ${sha256}: missing`, { cause })
  })
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== sha256) {
    throw new ModelHubError('HUB_DAMAGED', `object ${sha256}: expected that SHA-256, got ${found}`)
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}

async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

async function removeStaleTemporaries(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(TEMPORARY)) continue
    const path = join(folder, name)
    const written = await stat(path).catch(() => undefined)
    if (written !== undefined && Date.now() - written.mtimeMs > STALE_AFTER_MS) await rm(path, { force: true })
  }
}

/** Makes a rename durable. Windows cannot open a folder, and needs no flush of it. */
async function flush(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
