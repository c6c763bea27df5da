import type { Kysely, Migration } from 'kysely'

/**
 * Version 4 of the tables: how well versions did on labelled datasets, the hub's history. A removed version takes its
 * own history with it.
 */
export const evaluationTable: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('evaluation')
      .addColumn('version_id', 'integer', column => column.notNull().references('version.id').onDelete('cascade'))
      .addColumn('dataset', 'text', column => column.notNull())
      .addColumn('dataset_sha256', 'text', column => column.notNull())
      .addColumn('rows', 'bigint', column => column.notNull())
      .addColumn('metric', 'text', column => column.notNull())
      .addColumn('value', 'double precision', column => column.notNull())
      .addColumn('own', 'integer', column => column.notNull())
      .addColumn('scores', 'text', column => column.notNull())
      .addColumn('tool_version', 'text', column => column.notNull())
      .addColumn('created_at', 'text', column => column.notNull())
      .addPrimaryKeyConstraint('evaluation_key', ['version_id', 'dataset_sha256'])
      .execute()
    for (const column of ['dataset', 'dataset_sha256']) {
      await db.schema.createIndex(`evaluation_${column}`).on('evaluation').column(column).execute()
    }
  },
}
