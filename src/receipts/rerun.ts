import { ModelHubError } from '../common/index.ts'
import { loadTarget, type DataOptions, type Hub, type HubRankOptions, type SearchOptions } from '../hub/index.ts'
import type { Done } from './receipt-content.ts'
import type { Receipt } from './receipt.ts'

/** What a receipt does not hold, and how to watch. */
export interface RerunOptions
  extends Pick<DataOptions, 'key' | 'signal' | 'onProgress'>, Pick<HubRankOptions, 'cache'> {
  /** The target, where it no longer lies in the places that the receipt names. */
  readonly places?: readonly string[]
}

/**
 * Does a search or a ranking again: the same target and the same parameters, with what the hub holds now.
 *
 * @throws USAGE when the receipt's target was hashed with a key and none is given; and what searching and ranking throw
 */
export async function rerun(
  hub: Hub,
  receipt: Receipt,
  { places = receipt.target.map(({ place }) => place), ...given }: RerunOptions = {},
): Promise<Omit<Done, 'hub'>> {
  if (receipt.keyed && given.key === undefined) {
    throw new ModelHubError('USAGE', `${receipt.id}: its target was sketched with a key; give it with --key-file`)
  }
  const { cache, ...watching } = given
  const { kind } = receipt
  if (kind === 'rank') {
    const options: HubRankOptions = { ...receipt.options, ...watching, cache }
    return { kind, places, options, result: await hub.rank(places, options) }
  }
  const options: DataOptions & SearchOptions = { ...receipt.options, ...watching }
  // What `search --run` adds; its options are among the others, and their seed is that of the sample that was run on.
  const run = receipt.options.run === true
  const target = await loadTarget(places, run ? { ...options, seed: undefined } : options)
  const result = run
    ? await hub.searchAndRun({ target, places }, { ...options, cache })
    : await hub.search(target, options)
  return { kind, places, options, result }
}
