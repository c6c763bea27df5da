import { findVersion, listVersions, type Catalog, type VersionRecord } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import { sketchData } from './load-sketch.ts'
import type { HubRankOptions } from './rank-options.ts'
import { searchHub, type SearchOptions } from './search-hub.ts'

/** Models of a ranking that are run unless told. */
const SHORTLIST = 5

/** A version that is to be run. */
export interface ChosenVersion {
  readonly version: VersionRecord
  /** By the sketches, where the target was sketched and compared with it. */
  readonly fit?: number
}

/**
 * How many of the best by fit are run: what was asked for, or the default.
 *
 * @throws OUT_OF_RANGE unless it is a whole number from 1
 */
export function checkedShortlist(shortlist = SHORTLIST): number {
  if (Number.isInteger(shortlist) && shortlist >= 1) return shortlist
  throw new ModelHubError('OUT_OF_RANGE', `shortlist: expected a whole number from 1, got ${shortlist}`)
}

/**
 * The models to run: those named, all, or the best by fit; with their fits where the target can be sketched.
 *
 * @throws USAGE, OUT_OF_RANGE, MODEL_NOT_FOUND when nothing is left to run, and what sketching the target throws
 */
export async function chooseVersions(
  catalog: Catalog,
  places: readonly string[],
  options: HubRankOptions,
): Promise<readonly ChosenVersion[]> {
  const { models, all } = options
  const shortlist = checkedShortlist(options.shortlist)
  const named = await Promise.all((models ?? []).map(name => findVersion(catalog.db, name)))
  const readyTensors = places.some(place => place.endsWith('.npy'))
  if (readyTensors) {
    if (named.length > 0) return named.map(version => ({ version }))
    if (all) return (await listVersions(catalog.db, options)).map(version => ({ version }))
    throw new ModelHubError('USAGE', 'ready tensors cannot be sketched: name the models with --models, or --all')
  }
  const target = await sketchData(places, options)
  const { results } = await searchHub(catalog, target, { ...searchOptionsOf(options), top: Number.MAX_SAFE_INTEGER })
  const fits = new Map(results.map(({ model, version, fit }) => [`${model}@${version}`, fit]))
  const versions = await listVersions(catalog.db, { where: options.where })
  const wanted =
    named.length > 0
      ? named
      : all
        ? versions
        : results.slice(0, shortlist).flatMap(({ model }) => versions.find(({ name }) => name === model) ?? [])
  if (wanted.length === 0) {
    throw new ModelHubError('MODEL_NOT_FOUND', 'no model of the hub shares enough features with the target to be run')
  }
  return wanted.map(version => ({ version, fit: fits.get(`${version.name}@${version.version}`) }))
}

function searchOptionsOf({ match, t1, t2, excludeModels, where }: HubRankOptions): SearchOptions {
  return { match, t1, t2, excludeModels, where }
}
