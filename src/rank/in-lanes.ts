import { throwIfCancelled } from '../common/index.ts'

/** How many items are worked on at a time, and what ends it all. */
export interface Lanes {
  readonly count: number
  readonly signal?: AbortSignal
}

/**
 * Works on items in their order, so many at a time. Once the work on one throws, or the signal is aborted, no further
 * one is begun, those under way are told by their signal, and when they have ended the first error is thrown.
 *
 * @returns what the work gave, in the order of the items
 * @throws what the work throws; CANCELLED
 */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  { count, signal }: Lanes,
  work: (item: Item, index: number, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const failure = new AbortController()
  const either = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal
  const errors: unknown[] = []
  const results: Result[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length && errors.length === 0) {
      const index = next++
      throwIfCancelled(signal, 'running the models')
      results[index] = await work(items[index], index, either)
    }
  }
  const guarded = () =>
    lane().catch((error: unknown) => {
      errors.push(error)
      failure.abort()
    })
  await Promise.all(Array.from({ length: count }, guarded))
  if (errors.length > 0) throw errors[0]
  return results
}
