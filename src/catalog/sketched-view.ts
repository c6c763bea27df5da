import type { Kysely, Migration } from 'kysely'

/**
 * Version 3 of the tables: what was looked at when a model's training data were sketched, so that a search can tell
 * when a target was looked at in another way. Null for tables as they lie, which is all that older releases took.
 */
export const sketchedView: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('version').addColumn('view', 'text').execute()
  },
}
