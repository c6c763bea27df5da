import { setTimeout as sleep } from 'node:timers/promises'
import { ModelHubError } from '../common/index.ts'
import { nextRevision } from './hub-lock.ts'
import type { CatalogReader, CatalogTransaction } from './schema.ts'

const PAUSE_MS = 200

/**
 * One transaction under the lock that all writers of a hub share.
 *
 * When the connection is lost before the commit, the database has undone all of it, and it is done again, for as long
 * as `reconnectMs`. When it is lost during the commit, nobody can know whether it happened, and the message says so.
 *
 * @throws HUB_UNREACHABLE when the connection is lost and does not come back in time
 */
export async function lockedWrite<T>(
  db: CatalogReader,
  work: (tx: CatalogTransaction) => Promise<T>,
  reconnectMs: number,
): Promise<T> {
  let lostSince: number | undefined
  for (;;) {
    let stage: 'waiting' | 'working' | 'committing' = 'waiting'
    try {
      return await db.transaction().execute(async tx => {
        await nextRevision(tx)
        stage = 'working'
        const result = await work(tx)
        stage = 'committing'
        return result
      })
    } catch (error) {
      if (!(error instanceof ModelHubError && error.code === 'HUB_UNREACHABLE')) throw error
      if (reached(stage, 'committing')) throw inDoubt(error)
      // A hub that could not be reached to begin with is no lost connection.
      if (lostSince === undefined && !reached(stage, 'working')) throw error
      lostSince ??= performance.now()
      if (performance.now() - lostSince > reconnectMs) throw error
    }
    await sleep(PAUSE_MS)
  }
}

/** Kept apart, as the compiler does not see that a stage changes within a callback. */
function reached(stage: string, wanted: string): boolean {
  return stage === wanted
}

function inDoubt(cause: ModelHubError): ModelHubError {
  const advice = 'it was lost while the write ended, which may have happened or not; to do it again does no harm'
  return new ModelHubError('HUB_UNREACHABLE', `${cause.message}; ${advice}`, { cause })
}
