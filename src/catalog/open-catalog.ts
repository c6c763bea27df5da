import { Kysely, sql } from 'kysely'
import Database from 'libsql'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { type Catalog, catalogOver } from './catalog.ts'
import type { CatalogOptions } from './catalog-options.ts'
import { openFolderObjectStore } from './folder-object-store.ts'
import { LibsqlDialect } from './libsql-dialect.ts'
import { migrate } from './migrate.ts'
import { isPostgresUrl } from './postgres-place.ts'
import type { CatalogReader, CatalogSchema } from './schema.ts'

const LOCK_TIMEOUT_MS = 30_000

/**
 * Opens a hub: in a folder, or at a `postgres://` URL (see `openPostgresCatalog`). Tables of an older release are
 * brought up to date.
 *
 * @throws HUB_NOT_FOUND when there is none and `create` is not set
 * @throws HUB_VERSION when a newer release has written it
 * @throws HUB_BUSY when another process keeps it locked
 * @throws HUB_DAMAGED when `catalog.sqlite` is not an SQLite file
 * @throws HUB_UNREACHABLE when the server of a URL cannot be reached or refuses
 */
export async function openCatalog(place: string, options: CatalogOptions = {}): Promise<Catalog> {
  const { lockTimeoutMs = LOCK_TIMEOUT_MS } = options
  if (!isPostgresUrl(place)) return openFolderCatalog(place, { ...options, lockTimeoutMs })
  // Loaded only here, as most hubs are folders.
  const { openPostgresCatalog } = await import('./open-postgres-catalog.ts')
  return openPostgresCatalog(place, { ...options, lockTimeoutMs })
}

/** Tables in `catalog.sqlite` (SQLite, with a write-ahead log), objects in `objects/`. */
async function openFolderCatalog(
  folder: string,
  { create = false, lockTimeoutMs }: { readonly create?: boolean; readonly lockTimeoutMs: number },
): Promise<Catalog> {
  const path = join(folder, 'catalog.sqlite')
  if (!existsSync(path)) {
    if (!create) throw new ModelHubError('HUB_NOT_FOUND', `${folder}: no hub there`)
    await mkdir(folder, { recursive: true })
  }
  const dialect = new LibsqlDialect(new Database(path, { timeout: 0 }), lockTimeoutMs)
  const db: CatalogReader = new Kysely<CatalogSchema>({ dialect })
  try {
    await sql`pragma journal_mode = wal`.execute(db)
    await sql`pragma synchronous = full`.execute(db)
    await sql`pragma foreign_keys = on`.execute(db)
    await migrate(db)
    const objects = await openFolderObjectStore(join(folder, 'objects'))
    return catalogOver(db, objects, { indexFolder: join(folder, 'index') })
  } catch (cause) {
    await db.destroy()
    if (cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_NOTADB') {
      throw new ModelHubError('HUB_DAMAGED', `${path}: not an SQLite file`, { cause })
    }
    throw cause
  }
}
