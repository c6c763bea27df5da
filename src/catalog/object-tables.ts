import type { Kysely, Migration } from 'kysely'

/**
 * Version 2 of the tables: objects in the database itself, in chunks, for hubs that have no folder for them (see
 * `databaseObjectStore`). The tables are in every hub, so that all hubs have one history.
 */
export const objectTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('object')
      .addColumn('sha256', 'text', column => column.primaryKey())
      .addColumn('size_bytes', 'bigint', column => column.notNull())
      .execute()
    await db.schema
      .createTable('object_chunk')
      .addColumn('sha256', 'text', column => column.notNull().references('object.sha256').onDelete('cascade'))
      .addColumn('ordinal', 'integer', column => column.notNull())
      .addColumn('bytes', 'bytea', column => column.notNull())
      .addPrimaryKeyConstraint('object_chunk_key', ['sha256', 'ordinal'])
      .execute()
  },
}
