import { findVersionsById, memberIds, memberName, type Catalog, type MemberTable } from '../catalog/index.ts'
import { placesWhere } from '../math/places-where.ts'
import type { BoundShares } from '../retrieval/index.ts'
import {
  blockShortlist,
  JUDGED,
  overlappingIn,
  searchDomains,
  type SearchOutcome,
  type SearchParameters,
} from '../search/index.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { ChosenEngine } from './choose-engine.ts'
import type { HubIndex, IndexWork, OpenDomain } from './hub-index.ts'
import { loadCandidates, loadOnce } from './load-candidates.ts'
import { openLsh } from './lsh-candidates.ts'
import { minHashCandidates } from './min-hash-candidates.ts'
import { readConsistently } from './read-consistently.ts'
import { comparedModels, listedModels, type SearchedModels } from './searched-models.ts'

/** Models that are compared for each that is wanted, where the index knows no bound of the metric, and fewest of all. */
const SHORTLISTED_A_RESULT = 10
const FEWEST_SHORTLISTED = 100

export interface FindOptions extends IndexWork {
  readonly parameters: SearchParameters
  readonly top: number
  readonly excludeModels: readonly string[]
  readonly where?: string
}

/** What an engine found. */
export interface FoundCandidates {
  readonly outcome: SearchOutcome
  readonly models: SearchedModels
  /** How many were compared in full. */
  readonly compared: number
  /** Whether the first results are surely those of the exact engine. */
  readonly exact: boolean
  /** How many models each bound of the index left, over all domains; absent where none was taken. */
  readonly bounds?: BoundShares
  /** What was left out of an engine's promise, in words. */
  readonly notes: readonly string[]
}

/** Finds candidates by comparing all models. */
export async function findByComparing(
  catalog: Catalog,
  target: Sketch,
  { parameters, excludeModels, where }: FindOptions,
): Promise<FoundCandidates> {
  const domains = await loadCandidates(catalog, {
    exclude: excludeModels,
    where,
    sketches: parameters.space === 'pooled' || parameters.metric === 'mmd',
  })
  const outcome = searchDomains(target, domains, parameters)
  const searched = domains.flatMap(({ candidates }) => candidates)
  const ranked = outcome.ranked.map(({ candidate }) => candidate)
  const models = comparedModels(searched, ranked, target.view)
  return { outcome, models, compared: searched.length, exact: true, notes: [] }
}

/**
 * Finds candidates by the index, and compares those alone.
 *
 * For `js` the block's bounds leave out nothing that belongs to the answer. For `fit` no bound is known that pays: the
 * models nearest by JS of the whole datasets, missing features counted and small datasets not held against them, are
 * compared. For `jaccard` those are compared
 * that share most MinHash bands with the target.
 */
export function findByIndex(
  { catalog, index }: { readonly catalog: Catalog; readonly index: HubIndex },
  target: Sketch,
  options: FindOptions & { readonly engine: ChosenEngine['used'] },
): Promise<FoundCandidates> {
  return index.exclusively(() =>
    readConsistently(catalog, revision => findOnce({ catalog, index }, target, { ...options, revision })),
  )
}

async function findOnce(
  { catalog, index }: { readonly catalog: Catalog; readonly index: HubIndex },
  target: Sketch,
  { revision, ...options }: FindOptions & { readonly engine: ChosenEngine['used']; readonly revision: number },
): Promise<FoundCandidates> {
  const { parameters } = options
  const members = await index.members(revision)
  const chosen = await chosenRows(catalog, members, options)
  const [ids, ranked, notes, taken]: [number[], Uint32Array[], string[], BoundShares[]] = [[], [], [], []]
  let exact = parameters.metric === 'js'
  for (const domainId of domainsOf(members, chosen)) {
    const opened = await index.domain(domainId, revision, options)
    const shortlisting = { ...options, catalog, members, allowed: allowedOf(opened, members, chosen) }
    const { candidates, overlapping, note, bounded, bounds } = await shortlistOf(opened, target, shortlisting)
    ids.push(...Array.from(candidates, number => opened.ids[number]))
    ranked.push(overlapping.map(number => opened.rows[number]))
    if (note !== undefined) notes.push(note)
    if (bounds) taken.push(bounds)
    exact &&= bounded
  }
  const only = await findVersionsById(catalog.db, ids)
  const outcome = searchDomains(target, await loadOnce(catalog, { only }), parameters)
  const models = listedModels(members, { chosen, ranked: joined(ranked), view: target.view })
  return {
    outcome: { ...outcome, withoutOverlap: models.count - models.overlapping },
    models,
    compared: ids.length,
    exact: exact || ids.length === models.count,
    bounds: taken.length === 0 ? undefined : taken.reduce(sumOfBounds),
    notes,
  }
}

function sumOfBounds(a: BoundShares, b: BoundShares): BoundShares {
  return {
    eligible: a.eligible + b.eligible,
    afterRoots: a.afterRoots + b.afterRoots,
    afterMerged: a.afterMerged + b.afterMerged,
    looked: a.looked + b.looked,
    afterFine: a.afterFine + b.afterFine,
  }
}

/** Rows of the members that are to be searched, ascending. */
async function chosenRows(
  { db }: Catalog,
  members: MemberTable,
  { where, excludeModels }: FindOptions,
): Promise<Uint32Array> {
  const wanted = where === undefined ? undefined : new Set(await memberIds(db, where))
  const excluded = new Set(excludeModels.map(name => rowOf(members, name)))
  if (!wanted && excluded.size === 0) return placesWhere(members.size, () => true)
  return placesWhere(members.size, row => (wanted?.has(members.ids[row]) ?? true) && !excluded.has(row))
}

/** The row of a name; -1 where there is none. */
function rowOf(members: MemberTable, name: string): number {
  let [low, high] = [0, members.size]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (memberName(members, middle) < name) low = middle + 1
    else high = middle
  }
  return low < members.size && memberName(members, low) === name ? low : -1
}

function domainsOf({ domainIds }: MemberTable, chosen: Uint32Array): ReadonlySet<number> {
  const domains = new Set<number>()
  let last: number | undefined
  for (const row of chosen) {
    if (domainIds[row] !== last) domains.add((last = domainIds[row]))
  }
  return domains
}

function allowedOf({ allowed, rows }: OpenDomain, { size }: MemberTable, chosen: Uint32Array): Uint8Array {
  if (chosen.length === size) return allowed
  const isChosen = new Uint8Array(size)
  for (const row of chosen) isChosen[row] = 1
  return allowed.map((one, number) => one & isChosen[rows[number]])
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  if (parts.length === 1) return parts[0]
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

interface Shortlisting extends FindOptions {
  readonly engine: ChosenEngine['used']
  /** 0 for models that may not be found, by number in the block. */
  readonly allowed: Uint8Array
  readonly catalog: Catalog
  readonly members: MemberTable
}

async function shortlistOf(opened: OpenDomain, target: Sketch, options: Shortlisting) {
  const { parameters, top, allowed } = options
  const most = Math.max(top, JUDGED)
  const byBound = parameters.metric === 'js'
  const wanted = byBound ? most : Math.max(FEWEST_SHORTLISTED, SHORTLISTED_A_RESULT * most)
  const work = { signal: options.signal, onProgress: options.onProgress, most: wanted }
  if (parameters.metric === 'jaccard') return shortlistByBands(opened, target, { ...options, least: most, wanted })
  const lsh =
    options.engine === 'lsh' ? await openLsh(options.catalog.indexFolder, { ...opened, allowed }, work) : undefined
  const shortlist = blockShortlist(
    target,
    { ...opened, allowed },
    {
      ...parameters,
      most: wanted,
      ...(byBound
        ? { over: 'shared' }
        : { over: 'all', limit: 2 * wanted, rows: trainingRows(opened, options.members) }),
      among: lsh?.among,
    },
  )
  const note = lsh?.note()
  const byBlock = !lsh || note !== undefined
  const bounds = byBlock ? shortlist.bounds : undefined
  return { ...shortlist, bounds, note, bounded: byBlock || shortlist.overlapping.length === 0 }
}

/** Rows of the training data, by number in the block. */
function trainingRows({ rows }: OpenDomain, members: MemberTable): Uint32Array {
  return rows.map(row => members.trainingRows[row])
}

interface Banding extends Shortlisting {
  /** Fewest models that are looked for, and most. */
  readonly least: number
  readonly wanted: number
}

/** The models that share most MinHash bands with the target, or all where too few share any. */
async function shortlistByBands(
  opened: OpenDomain,
  target: Sketch,
  { catalog, parameters, allowed, least, wanted, ...work }: Banding,
) {
  const { slotOf, eligible } = overlappingIn(target, { ...opened, allowed }, parameters)
  const signatures = new Map(Array.from(slotOf, (slot, f) => [slot, target.features[f].signature]))
  const isEligible = new Uint8Array(opened.block.size)
  for (const number of eligible) isEligible[number] = 1
  const met = await minHashCandidates(catalog, opened, {
    ...{ signal: work.signal, onProgress: work.onProgress },
    ...{ signatureOf: slot => signatures.get(slot), allowed: isEligible, most: wanted },
  })
  const [bounded, bounds] = [eligible.length === 0, undefined]
  if (met.length >= Math.min(least, eligible.length)) return { candidates: met, overlapping: eligible, bounded, bounds }
  const note = `lsh: ${met.length} models share a MinHash band with the target, fewer than the ${least} that are looked for; all were compared`
  return { candidates: eligible, overlapping: eligible, note, bounded, bounds }
}
