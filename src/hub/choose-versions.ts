import {
  findLatest,
  findVersion,
  hubRevision,
  listVersions,
  meanElsewhere,
  type Catalog,
  type Elsewhere,
  type VersionRecord,
} from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import { areReadyTensors, datasetName, tensorsSha256 } from './dataset-identity.ts'
import { sketchData } from './load-sketch.ts'
import type { HubRankOptions } from './rank-options.ts'
import { searchHub, type SearchedHub, type SearchOptions } from './search-hub.ts'

/** Models of a ranking that are run unless told. */
const SHORTLIST = 5

/** A version that is to be run. */
export interface ChosenVersion {
  readonly version: VersionRecord
  /** By the sketches, where the target was sketched and compared with it. */
  readonly fit?: number
  /** Mean accuracy on the hub's labelled datasets that are neither the target nor its own, where there are any. */
  readonly elsewhere?: number
}

/** What the models to run were chosen from. */
export interface ChosenFrom {
  /** Models that were searched, as `owner/model@3` (see `SearchResult`); those to run where the target cannot be sketched. */
  readonly considered: readonly string[]
  /** How often the hub had been written to. */
  readonly hubRevision: number
  /** Of the target's sketch; null where it cannot be sketched. */
  readonly sketchSha256: string | null
}

/** The models of a hub that are to be run. */
export interface ChosenVersions extends ChosenFrom {
  readonly chosen: readonly ChosenVersion[]
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
  { catalog, index }: SearchedHub,
  places: readonly string[],
  options: HubRankOptions,
): Promise<ChosenVersions> {
  const { models, all } = options
  const shortlist = checkedShortlist(options.shortlist)
  const named = await namedVersions(catalog, models)
  if (areReadyTensors(places)) return chooseUnsketched(catalog, places, { ...options, named })
  const target = await sketchData(places, options)
  const { results, considered, hubRevision } = await searchHub({ catalog, index }, target, {
    ...searchOptionsOf(options),
    top: named.length > 0 || all ? Number.MAX_SAFE_INTEGER : shortlist,
  })
  const fits = new Map(results.map(({ model, version, fit }) => [`${model}@${version}`, fit]))
  const history = await historyBeside(catalog, places, target.sha256)
  const first = results.slice(0, shortlist).map(({ model }) => model)
  const wanted =
    named.length > 0
      ? named
      : all
        ? await listVersions(catalog.db, { where: options.where })
        : inOrderOf(first, await findLatest(catalog.db, first))
  if (wanted.length === 0) {
    throw new ModelHubError('MODEL_NOT_FOUND', 'no model of the hub shares enough features with the target to be run')
  }
  const chosen = wanted.map(version => {
    const ref = refOf(version)
    return { version, fit: fits.get(ref), elsewhere: history.get(ref)?.mean }
  })
  return { chosen, considered, hubRevision, sketchSha256: target.sha256 }
}

/** Each version once, though it be named twice. */
async function namedVersions({ db }: Catalog, names: readonly string[] = []): Promise<readonly VersionRecord[]> {
  const versions = await Promise.all(names.map(name => findVersion(db, name)))
  return [...new Map(versions.map(version => [refOf(version), version])).values()]
}

/** Versions in the order that their names are given in; without those that have been withdrawn meanwhile. */
function inOrderOf(names: readonly string[], versions: readonly VersionRecord[]): readonly VersionRecord[] {
  const byName = new Map(versions.map(version => [version.name, version]))
  return names.flatMap(name => byName.get(name) ?? [])
}

/** The models to run on ready tensors: those named, or all. */
async function chooseUnsketched(
  catalog: Catalog,
  places: readonly string[],
  { named, ...options }: HubRankOptions & { readonly named: readonly VersionRecord[] },
): Promise<ChosenVersions> {
  const revision = await hubRevision(catalog.db)
  const versions = named.length > 0 ? named : options.all ? await listVersions(catalog.db, options) : []
  if (versions.length === 0) {
    throw new ModelHubError('USAGE', 'ready tensors cannot be sketched: name the models with --models, or --all')
  }
  const history = await historyBeside(catalog, places, await tensorsSha256(places))
  return {
    chosen: versions.map(version => ({ version, elsewhere: history.get(refOf(version))?.mean })),
    considered: versions.map(refOf).sort(),
    hubRevision: revision,
    sketchSha256: null,
  }
}

/** What the hub's history says of versions without the target. */
function historyBeside(
  catalog: Catalog,
  places: readonly string[],
  sha256: string,
): Promise<ReadonlyMap<string, Elsewhere>> {
  return meanElsewhere(catalog.db, { name: datasetName(places), sha256 })
}

function refOf({ name, version }: VersionRecord): string {
  return `${name}@${version}`
}

function searchOptionsOf({ match, t1, t2, excludeModels, where }: HubRankOptions): SearchOptions {
  return { match, t1, t2, excludeModels, where }
}
