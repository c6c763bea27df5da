import { type Migration, Migrator } from 'kysely'
import { ModelHubError } from '../common/index.ts'
import { evaluationTable } from './evaluation-table.ts'
import { firstTables } from './first-tables.ts'
import { hubStamp } from './hub-stamp.ts'
import { objectTables } from './object-tables.ts'
import { sketchedView } from './sketched-view.ts'
import type { CatalogReader } from './schema.ts'

/** Every step of the tables' history by name, in order: forward only, and never changed once released. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-object-tables': objectTables,
  '0003-sketched-view': sketchedView,
  '0004-evaluation-table': evaluationTable,
  '0005-hub-stamp': hubStamp,
}

/**
 * Brings a database's tables up to this release; an empty database gets them all. One transaction: a process that dies
 * in the middle leaves the database as it was.
 *
 * @param schema of the tables, in databases that have several
 * @throws HUB_VERSION when a newer release has been there, which leaves the database untouched
 */
export async function migrate(db: CatalogReader, schema?: string): Promise<void> {
  const done = await executedMigrations(db, schema)
  const unknown = done.filter(name => !(name in MIGRATIONS))
  if (unknown.length > 0) {
    const known = Object.keys(MIGRATIONS).length
    throw new ModelHubError(
      'HUB_VERSION',
      `hub: expected tables of version ${known} or older, got ${unknown.join(', ')} of a newer release`,
    )
  }
  if (done.length === Object.keys(MIGRATIONS).length) return
  const { error } = await new Migrator({
    db,
    migrationTableSchema: schema,
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
  }).migrateToLatest()
  if (error !== undefined) throw error
}

async function executedMigrations(db: CatalogReader, schema?: string): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(table => table.name === 'kysely_migration' && table.schema === schema)) return []
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
  return rows.map(({ name }) => name)
}
