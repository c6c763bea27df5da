import type { Kysely, Migration } from 'kysely'

/**
 * Version 1 of the tables.
 *
 * Column types are those that mean the same to PostgreSQL and SQLite: `bytea` has SQLite's NUMERIC affinity, which
 * leaves blobs alone. Ids come from hub_lock, as no way of counting up is common to both.
 */
export const firstTables: Migration = {
  async up(db: Kysely<unknown>) {
    await createModelTables(db)
    await createDomainTables(db)
    await db.schema
      .createTable('hub_lock')
      .addColumn('id', 'integer', column => column.primaryKey())
      .addColumn('revision', 'integer', column => column.notNull())
      .addColumn('next_id', 'integer', column => column.notNull())
      .execute()
    await (db as Kysely<{ hub_lock: { id: number; revision: number; next_id: number } }>)
      .insertInto('hub_lock')
      .values({ id: 1, revision: 0, next_id: 1 })
      .execute()
  },
}

async function createModelTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('domain')
    .addColumn('id', 'integer', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull().unique())
    .addColumn('reference_version', 'integer', column => column.notNull())
    .execute()
  await db.schema
    .createTable('model')
    .addColumn('id', 'integer', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull().unique())
    .addColumn('created_at', 'text', column => column.notNull())
    .addColumn('last_version', 'integer', column => column.notNull())
    .execute()
  await createVersionTable(db)
  await db.schema
    .createTable('version_file')
    .addColumn('version_id', 'integer', column => column.notNull().references('version.id'))
    .addColumn('location', 'text', column => column.notNull())
    .addColumn('sha256', 'text', column => column.notNull())
    .addColumn('size_bytes', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('version_file_key', ['version_id', 'location'])
    .execute()
  for (const [table, column] of [
    ['version', 'domain_id'],
    ['version', 'onnx_sha256'],
    ['version', 'sketch_sha256'],
    ['version_file', 'sha256'],
  ]) {
    await db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute()
  }
}

async function createVersionTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('version')
    .addColumn('id', 'integer', column => column.primaryKey())
    .addColumn('model_id', 'integer', column => column.notNull().references('model.id'))
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('published_at', 'text', column => column.notNull())
    .addColumn('yanked', 'integer', column => column.notNull())
    .addColumn('content_sha256', 'text', column => column.notNull())
    .addColumn('card', 'text', column => column.notNull())
    .addColumn('license', 'text')
    .addColumn('task', 'text')
    .addColumn('source_accuracy', 'double precision')
    .addColumn('onnx_sha256', 'text', column => column.notNull())
    .addColumn('sketch_sha256', 'text', column => column.notNull())
    .addColumn('size_bytes', 'bigint', column => column.notNull())
    .addColumn('opset', 'integer')
    .addColumn('inputs', 'text', column => column.notNull())
    .addColumn('outputs', 'text', column => column.notNull())
    .addColumn('last_dense', 'text')
    .addColumn('parameters', 'bigint', column => column.notNull())
    .addColumn('domain_id', 'integer', column => column.references('domain.id'))
    .addColumn('rows', 'bigint', column => column.notNull())
    .addColumn('feature_slots', 'bytea', column => column.notNull())
    .addUniqueConstraint('version_number', ['model_id', 'version'])
    .addUniqueConstraint('version_content', ['model_id', 'content_sha256'])
    .execute()
}

async function createDomainTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('slot')
    .addColumn('domain_id', 'integer', column => column.notNull().references('domain.id'))
    .addColumn('ordinal', 'integer', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('type', 'text', column => column.notNull())
    .addColumn('signatures', 'bytea', column => column.notNull())
    .addColumn('reference', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('slot_key', ['domain_id', 'ordinal'])
    .execute()
  await db.schema
    .createTable('block')
    .addColumn('version_id', 'integer', column => column.primaryKey().references('version.id'))
    .addColumn('reference_version', 'integer', column => column.notNull())
    .addColumn('layout', 'text', column => column.notNull())
    .addColumn('bytes', 'bytea', column => column.notNull())
    .execute()
}
