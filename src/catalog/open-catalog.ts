import { Kysely, sql } from 'kysely'
import Database from 'libsql'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { type Catalog, catalogOver } from './catalog.ts'
import { openFolderObjectStore } from './folder-object-store.ts'
import { LibsqlDialect } from './libsql-dialect.ts'
import { migrate } from './migrate.ts'
import type { CatalogReader, CatalogSchema } from './schema.ts'

const LOCK_TIMEOUT_MS = 30_000

/**
 * Opens the hub in a folder: tables in `catalog.sqlite` (SQLite, with a write-ahead log), objects in `objects/`. Tables
 * of an older release are brought up to date.
 *
 * @param options create: make the hub when there is none; lockTimeoutMs: how long to wait for other processes, 30 s
 *   unless told
 * @throws HUB_NOT_FOUND when there is none and `create` is not set
 * @throws HUB_VERSION when a newer release has written it
 * @throws HUB_BUSY when another process keeps it locked
 * @throws HUB_DAMAGED when `catalog.sqlite` is not an SQLite file
 */
export async function openCatalog(
  folder: string,
  options: { readonly create?: boolean; readonly lockTimeoutMs?: number } = {},
): Promise<Catalog> {
  const path = join(folder, 'catalog.sqlite')
  if (!existsSync(path)) {
    if (options.create !== true) throw new ModelHubError('HUB_NOT_FOUND', `${folder}: no hub there`)
    await mkdir(folder, { recursive: true })
  }
  const { lockTimeoutMs = LOCK_TIMEOUT_MS } = options
  const dialect = new LibsqlDialect(new Database(path, { timeout: 0 }), lockTimeoutMs)
  const db: CatalogReader = new Kysely<CatalogSchema>({ dialect })
  try {
    await sql`pragma journal_mode = wal`.execute(db)
    await sql`pragma synchronous = full`.execute(db)
    await sql`pragma foreign_keys = on`.execute(db)
    await migrate(db)
    return catalogOver(db, await openFolderObjectStore(join(folder, 'objects')))
  } catch (cause) {
    await db.destroy()
    if (cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_NOTADB') {
      throw new ModelHubError('HUB_DAMAGED', `${path}: not an SQLite file`, { cause })
    }
    throw cause
  }
}
