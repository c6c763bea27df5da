import { findVersionsById, listMembers, type Catalog, type MemberRecord } from '../catalog/index.ts'
import {
  blockShortlist,
  JUDGED,
  searchDomains,
  type SearchOutcome,
  type SearchParameters,
  type StatedModel,
} from '../search/index.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { ChosenEngine } from './choose-engine.ts'
import type { HubIndex, IndexWork, OpenDomain } from './hub-index.ts'
import { loadCandidates, loadOnce } from './load-candidates.ts'
import { openLsh } from './lsh-candidates.ts'
import { readConsistently } from './read-consistently.ts'

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
  /** All models that might be ranked, compared or not. */
  readonly ranked: readonly (StatedModel & { readonly version: number })[]
  /** All models that were chosen to be searched. */
  readonly searched: readonly { readonly name: string; readonly version: number; readonly view: string | null }[]
  /** How many were compared in full. */
  readonly compared: number
  /** Whether the first results are surely those of the exact engine. */
  readonly exact: boolean
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
  return { outcome, ranked, searched, compared: searched.length, exact: true, notes: [] }
}

/**
 * Finds candidates by the index, and compares those alone.
 *
 * For `js` the block's bounds leave out nothing that belongs to the answer. For `fit` no bound is known that pays: the
 * models nearest by JS of the whole datasets, missing features counted, are compared.
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
  const members = await chosenMembers(catalog, await index.members(revision), options)
  const [ids, ranked, notes]: [number[], MemberRecord[], string[]] = [[], [], []]
  let exact = parameters.metric === 'js'
  const byId = new Map(members.map(member => [member.id, member]))
  for (const domainId of new Set(members.map(member => member.domainId))) {
    const opened = await index.domain(domainId, revision, options)
    const { candidates, overlapping, note, bounded } = await shortlistOf(opened, target, { ...options, byId, catalog })
    ids.push(...Array.from(candidates, number => opened.ids[number]))
    for (const number of overlapping) ranked.push(byId.get(opened.ids[number])!)
    if (note !== undefined) notes.push(note)
    exact &&= bounded
  }
  const only = await findVersionsById(catalog.db, ids)
  const outcome = searchDomains(target, await loadOnce(catalog, { only }), parameters)
  const whole = { ...outcome, withoutOverlap: members.length - ranked.length }
  return {
    outcome: whole,
    ranked,
    searched: members,
    compared: ids.length,
    exact: exact || ids.length === members.length,
    notes,
  }
}

async function chosenMembers(
  catalog: Catalog,
  members: readonly MemberRecord[],
  { where, excludeModels }: FindOptions,
): Promise<readonly MemberRecord[]> {
  const excluded = new Set(excludeModels)
  const chosen = where === undefined ? members : await listMembers(catalog.db, { where })
  return excluded.size === 0 ? chosen : chosen.filter(({ name }) => !excluded.has(name))
}

interface Shortlisting extends FindOptions {
  readonly engine: ChosenEngine['used']
  readonly byId: ReadonlyMap<number, MemberRecord>
  readonly catalog: Catalog
}

async function shortlistOf(opened: OpenDomain, target: Sketch, options: Shortlisting) {
  const { parameters, top, byId } = options
  const allowed = opened.allowed.map((one, number) => (one === 1 && byId.has(opened.ids[number]) ? 1 : 0))
  const most = Math.max(top, JUDGED)
  const byBound = parameters.metric === 'js'
  const wanted = byBound ? most : Math.max(FEWEST_SHORTLISTED, SHORTLISTED_A_RESULT * most)
  const work = { signal: options.signal, onProgress: options.onProgress, most: wanted }
  const lsh =
    options.engine === 'lsh' ? await openLsh(options.catalog.indexFolder, { ...opened, allowed }, work) : undefined
  const shortlist = blockShortlist(
    target,
    { ...opened, allowed },
    {
      ...parameters,
      most: wanted,
      over: byBound ? 'shared' : 'all',
      among: lsh?.among,
    },
  )
  const note = lsh?.note()
  return { ...shortlist, note, bounded: !lsh || note !== undefined || shortlist.overlapping.length === 0 }
}
