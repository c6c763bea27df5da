import { randomUUID } from 'node:crypto'
import { type Kysely, type Migration, sql } from 'kysely'

/**
 * Version 5 of the tables: a random stamp that every write changes. The revision alone does not tell a hub from what it
 * would have become had an older copy been put back in its place; the stamp does.
 */
export const hubStamp: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('hub_lock').addColumn('stamp', 'text').execute()
    await sql`update hub_lock set stamp = ${randomUUID()}`.execute(db)
  },
}
