import { Kysely, sql } from 'kysely'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { ModelHubError } from '../common/index.ts'
import { defaultCacheFolder } from '../inference/activation-cache.ts'
import { type Catalog, catalogOver } from './catalog.ts'
import type { CatalogOptions } from './catalog-options.ts'
import { databaseObjectStore } from './database-object-store.ts'
import { openFolderObjectStore } from './folder-object-store.ts'
import { migrate } from './migrate.ts'
import { postgresFault } from './postgres-fault.ts'
import { PostgresHubDialect } from './postgres-hub-dialect.ts'
import { type PostgresPlace, postgresPlace } from './postgres-place.ts'
import type { CatalogReader, CatalogSchema } from './schema.ts'

const CONNECT_TIMEOUT_MS = 10_000
const KEEP_ALIVE_AFTER_MS = 10_000
const RECONNECT_MS = 15_000

/**
 * Opens the hub in a PostgreSQL database: its tables in the first schema of the search path; its objects in the folder
 * that the URL's parameter `objects` names, or else the environment's MODELHUB_OBJECTS, or else in the database too.
 *
 * @throws HUB_NOT_FOUND when there is no such database, or no hub in it and `create` is not set
 * @throws HUB_UNREACHABLE when the server cannot be reached or refuses
 * @throws HUB_VERSION, HUB_BUSY as `openCatalog`
 * @throws USAGE for a URL that cannot be read
 */
export async function openPostgresCatalog(
  url: string,
  {
    create = false,
    lockTimeoutMs,
    reconnectMs = RECONNECT_MS,
  }: Required<Pick<CatalogOptions, 'lockTimeoutMs'>> & CatalogOptions,
): Promise<Catalog> {
  const place = postgresPlace(url)
  const hub = { name: place.name, lockTimeoutMs }
  const dialect = new PostgresHubDialect({ pool: () => Promise.resolve(poolOf(place, lockTimeoutMs)) }, error =>
    postgresFault(error, hub),
  )
  const db: CatalogReader = new Kysely<CatalogSchema>({ dialect })
  try {
    const schema = await schemaOf(db, { name: place.name, create })
    await migrate(db, schema)
    const folder = place.objects ?? process.env.MODELHUB_OBJECTS
    const objects = folder ? await openFolderObjectStore(folder) : databaseObjectStore(db)
    return catalogOver(db, objects, { indexFolder: indexFolderOf(`${place.name} ${schema}`), reconnectMs })
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/** In the user's cache folder. Another name of the same hub has another index: all it costs is its making. */
function indexFolderOf(hub: string): string {
  const key = createHash('sha256').update(hub).digest('hex').slice(0, 16)
  return join(defaultCacheFolder(), 'index', key)
}

function poolOf({ connectionString }: PostgresPlace, lockTimeoutMs: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    application_name: 'modelhub',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: lockTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  })
  // A connection that is lost tells its query so, and the pool makes another; without a listener the process would end.
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))
  return pool
}

async function schemaOf(db: CatalogReader, { name, create }: { name: string; create: boolean }): Promise<string> {
  const found = await sql<{ schema: string | null; hub: boolean }>`
    select current_schema() as schema,
      to_regclass(quote_ident(current_schema()) || '.hub_lock') is not null as hub`.execute(db)
  const { schema, hub } = found.rows[0]
  if (schema === null || !(hub || create)) throw new ModelHubError('HUB_NOT_FOUND', `${name}: no hub there`)
  return schema
}
