import { inTurn } from './in-turn.ts'
import { lockedWrite } from './locked-write.ts'
import type { ObjectSource, ObjectStore, StoredObject } from './object-store.ts'
import type { CatalogReader, CatalogTransaction } from './schema.ts'
import { unreferencedObjects } from './unreferenced-objects.ts'

/** What one write does. `stored` are the addresses of the write's objects, in their order. */
export type CatalogWork<T> = (tx: CatalogTransaction, stored: readonly StoredObject[]) => Promise<T>

/** An open hub's tables and objects. Several processes may have one hub open at once. */
export interface Catalog {
  /** For reading. While a write of this catalog runs, reads here wait for its end: within the write, read through `tx`. */
  readonly db: CatalogReader
  readonly objects: ObjectStore
  /** Folder for what can be made anew from the catalog: its index. It need not exist. */
  readonly indexFolder: string
  /**
   * One transaction: all that `work` does through `tx` happens, or, if it throws, nothing. Writers of all processes
   * wait for each other. A write must not start another one of the same catalog, which would wait for ever. `work` may
   * be run again when the connection to a server was lost, which has undone it: it changes the hub through `tx` alone.
   *
   * @param options objects: stored before `work` runs and still there when the write ends, whatever others remove
   *   meanwhile; if the write fails, those that no version refers to are deleted again
   * @throws HUB_BUSY when another process keeps the hub locked too long
   * @throws HUB_UNREACHABLE when the server of the hub is lost and does not come back
   */
  write<T>(work: CatalogWork<T>, options?: { readonly objects?: readonly ObjectSource[] }): Promise<T>
  /** Deletes those of the objects that no version refers to. */
  deleteUnreferenced(sha256s: readonly string[]): Promise<void>
  close(): Promise<void>
}

/**
 * A catalog over a database whose tables are up to date, and a store of objects. Closing it closes the database.
 *
 * Writes take turns within the process already: were each to hold a connection while it waits for the lock, none might
 * be left for the one that has it.
 *
 * @param options indexFolder: see `Catalog`; reconnectMs: how long to try again after a lost connection, 0 unless told
 */
export function catalogOver(
  db: CatalogReader,
  objects: ObjectStore,
  { indexFolder, reconnectMs = 0 }: { readonly indexFolder: string; readonly reconnectMs?: number },
): Catalog {
  const turn = inTurn()
  const locked = <T>(work: (tx: CatalogTransaction) => Promise<T>): Promise<T> =>
    turn(() => lockedWrite(db, work, reconnectMs))
  // Deleting under the lock: a writer either finds the object in its own transaction, or stores it again.
  const deleteUnreferenced = (sha256s: readonly string[]): Promise<void> =>
    locked(async tx => {
      for (const sha256 of await unreferencedObjects(tx, sha256s)) await objects.delete(sha256)
    })
  return {
    db,
    objects,
    indexFolder,
    deleteUnreferenced,
    close: () => db.destroy(),
    async write(work, { objects: sources = [] } = {}) {
      const stored: StoredObject[] = []
      try {
        for (const source of sources) stored.push(await objects.put(source))
        return await locked(async tx => {
          for (const [at, { sha256 }] of stored.entries()) {
            if (!(await objects.has(sha256))) await objects.put(sources[at])
          }
          return work(tx, stored)
        })
      } catch (error) {
        // What is left over does no harm, so the first fault is the one to tell.
        if (stored.length > 0) await deleteUnreferenced(stored.map(({ sha256 }) => sha256)).catch(() => undefined)
        throw error
      }
    },
  }
}
