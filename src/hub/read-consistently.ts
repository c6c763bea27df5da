import { setTimeout as sleep } from 'node:timers/promises'
import { hubRevision, type Catalog } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'

const MAX_ATTEMPTS = 40
/** A pause after each attempt grows to this, so that a writer's turn may end. */
const LONGEST_PAUSE_MS = 100

/**
 * Reads from a hub again and again until nobody has written to it meanwhile, so that all that was read belongs together.
 *
 * @param read is given the hub's revision
 * @throws HUB_BUSY when the hub changes faster than it can be read
 */
export async function readConsistently<T>(catalog: Catalog, read: (revision: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const before = await hubRevision(catalog.db)
    const result = await read(before).then(
      value => ({ value }),
      (error: unknown) => ({ error }),
    )
    if ((await hubRevision(catalog.db)) === before) {
      if ('error' in result) throw result.error
      return result.value
    }
    if ('error' in result && isCancelled(result.error)) throw result.error
    await sleep(Math.min(LONGEST_PAUSE_MS, 5 * attempt))
  }
  throw new ModelHubError('HUB_BUSY', `hub: was written to ${MAX_ATTEMPTS} times while it was read`)
}

function isCancelled(error: unknown): boolean {
  return error instanceof ModelHubError && error.code === 'CANCELLED'
}
