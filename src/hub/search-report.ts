import { findLatest, type Catalog } from '../catalog/index.ts'
import {
  explainFit,
  hubMap,
  partitionMap,
  type DomainCandidates,
  type Explanation,
  type HubMap,
  type PartitionMap,
  type SearchParameters,
} from '../search/index.ts'
import { checkParameters } from './check-parameters.ts'
import { loadCandidates } from './load-candidates.ts'
import type { LoadedSketch } from './load-sketch.ts'
import type { RankReport } from './rank-report.ts'
import { searchHub, type SearchedHub, type SearchOptions } from './search-hub.ts'
import type { SearchResult } from './search-result-schema.ts'

/** Models of a report that are explained. */
const EXPLAINED = 3

/** Models on the map, the first ranked ones before others: its cost grows with the cube of their number. */
const MOST_PLACED = 200

/** A model of a report, explained. */
export interface ReportedModel {
  readonly rank: number
  readonly model: string
  readonly version: number
  readonly explanation: Explanation
  readonly parts: PartitionMap
}

/** A search and all that a report of it shows. */
export interface SearchReport {
  readonly result: SearchResult
  /** The first models, best first. */
  readonly models: readonly ReportedModel[]
  /** Of the candidates that share the first model's domain; absent when nothing is ranked. */
  readonly map?: HubMap
  /** What the first models said when they were run; absent unless that was asked for, and where nothing was found. */
  readonly run?: RankReport
}

/** Searches, then looks closer at the first models. */
export async function gatherReport(
  hub: SearchedHub,
  target: LoadedSketch,
  options: SearchOptions,
): Promise<SearchReport> {
  const result = await searchHub(hub, target, options)
  const parameters = checkParameters({ ...options, top: EXPLAINED })
  const domains = await placedCandidates(hub.catalog, result)
  const models = result.results.slice(0, EXPLAINED).flatMap(({ rank, model, version }): ReportedModel[] => {
    const found = findCandidate(domains, model, version)
    if (!found) return []
    const explanation = explainFit(target.sketch, found, parameters)
    return [{ rank, model, version, explanation, parts: partitionMap(target.sketch, found, parameters) }]
  })
  return { result, models, map: mapOf(domains, { target, result, parameters }) }
}

/** The models that a report may show: those ranked, then the first by stated accuracy. */
async function placedCandidates(catalog: Catalog, result: SearchResult): Promise<DomainCandidates[]> {
  const names = namesOf(result).slice(0, MOST_PLACED)
  return loadCandidates(catalog, { only: await findLatest(catalog.db, names) })
}

function namesOf({ results, baselines }: SearchResult): string[] {
  return [...new Set([...results.map(({ model }) => model), ...baselines.sourceAccuracy])]
}

/** Undefined for a model that was withdrawn or published anew since it was ranked. */
function findCandidate(domains: readonly DomainCandidates[], model: string, version: number) {
  for (const { domain, candidates } of domains) {
    const candidate = candidates.find(({ name, version: own }) => name === model && own === version)
    if (candidate) return { domain, candidate }
  }
  return undefined
}

interface Searched {
  readonly target: LoadedSketch
  readonly result: SearchResult
  readonly parameters: SearchParameters
}

function mapOf(domains: readonly DomainCandidates[], { target, result, parameters }: Searched): HubMap | undefined {
  const order = namesOf(result)
  const [first] = order
  const home = domains.find(({ candidates }) => candidates.some(({ name }) => name === first))
  if (!home) return undefined
  const byName = new Map(home.candidates.map(candidate => [candidate.name, candidate]))
  const candidates = order.flatMap(name => byName.get(name) ?? []).slice(0, MOST_PLACED)
  return hubMap(target.sketch, { domain: home.domain, candidates }, parameters)
}
