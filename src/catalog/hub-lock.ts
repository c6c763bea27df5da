import { randomUUID } from 'node:crypto'
import type { CatalogReader, CatalogTransaction } from './schema.ts'

/**
 * Takes the lock that all writers of a hub share, until the transaction ends, counts the hub's revision up and stamps it
 * anew: in PostgreSQL the updated row is what others wait for, in SQLite the transaction already is.
 */
export async function nextRevision(tx: CatalogTransaction): Promise<void> {
  await tx
    .updateTable('hub_lock')
    .set(eb => ({ revision: eb('revision', '+', 1), stamp: randomUUID() }))
    .where('id', '=', 1)
    .execute()
}

/** How often the hub was written to: as long as it stays the same, so does the hub. */
export async function hubRevision(db: CatalogReader): Promise<number> {
  const { revision } = await db.selectFrom('hub_lock').select('revision').where('id', '=', 1).executeTakeFirstOrThrow()
  return revision
}

/** Names the state of a hub: no two states have the same, not even where a copy of an older one was put back. */
export async function hubStamp(db: CatalogReader): Promise<string> {
  const { stamp } = await db.selectFrom('hub_lock').select('stamp').where('id', '=', 1).executeTakeFirstOrThrow()
  return stamp
}

/**
 * A number that no row of the hub has for its id yet. No RETURNING: under libsql such a statement may still count as
 * running when the transaction would commit.
 */
export async function nextId(tx: CatalogTransaction): Promise<number> {
  const lock = await tx.selectFrom('hub_lock').select('next_id').where('id', '=', 1).executeTakeFirstOrThrow()
  await tx
    .updateTable('hub_lock')
    .set({ next_id: lock.next_id + 1 })
    .where('id', '=', 1)
    .execute()
  return lock.next_id
}
