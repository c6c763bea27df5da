import { findVersion, hubRevision, listVersions, type Catalog, type VersionRecord } from '../catalog/index.ts'
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

/** The models of a hub that are to be run, and what they were chosen from. */
export interface ChosenVersions {
  readonly chosen: readonly ChosenVersion[]
  /** Models whose training data were compared, as `owner/model@3`; those to run where the target cannot be sketched. */
  readonly considered: readonly string[]
  /** How often the hub had been written to. */
  readonly hubRevision: number
  /** Of the target's sketch; null where it cannot be sketched. */
  readonly sketchSha256: string | null
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
): Promise<ChosenVersions> {
  const { models, all, shortlist = SHORTLIST } = options
  if (!(Number.isInteger(shortlist) && shortlist >= 1)) {
    throw new ModelHubError('OUT_OF_RANGE', `shortlist: expected a whole number from 1, got ${shortlist}`)
  }
  const named = await Promise.all((models ?? []).map(name => findVersion(catalog.db, name)))
  const readyTensors = places.some(place => place.endsWith('.npy'))
  if (readyTensors) return unsketched(catalog, named, options)
  const target = await sketchData(places, options)
  const { results, considered, hubRevision } = await searchHub(catalog, target, {
    ...searchOptionsOf(options),
    top: Number.MAX_SAFE_INTEGER,
  })
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
  const chosen = wanted.map(version => ({ version, fit: fits.get(refOf(version)) }))
  return { chosen, considered, hubRevision, sketchSha256: target.sha256 }
}

/** The models to run on ready tensors, which cannot be sketched. */
async function unsketched(
  catalog: Catalog,
  named: readonly VersionRecord[],
  options: HubRankOptions,
): Promise<ChosenVersions> {
  if (named.length === 0 && !options.all) {
    throw new ModelHubError('USAGE', 'ready tensors cannot be sketched: name the models with --models, or --all')
  }
  const revision = await hubRevision(catalog.db)
  const versions = named.length > 0 ? named : await listVersions(catalog.db, options)
  return {
    chosen: versions.map(version => ({ version })),
    considered: versions.map(refOf).sort(),
    hubRevision: revision,
    sketchSha256: null,
  }
}

function refOf({ name, version }: VersionRecord): string {
  return `${name}@${version}`
}

function searchOptionsOf({ match, t1, t2, excludeModels, where }: HubRankOptions): SearchOptions {
  return { match, t1, t2, excludeModels, where }
}
