import { findVersion, type Catalog } from '../catalog/index.ts'
import { checkedShortlist, type ChosenVersion } from './choose-versions.ts'
import { refuseSketches, type LoadedSketch } from './load-sketch.ts'
import { rankVersions, type RankedOnHub } from './rank-hub.ts'
import type { HubRankOptions } from './rank-options.ts'
import { rankReport } from './rank-report.ts'
import { searchHub, type SearchedHub, type SearchOptions } from './search-hub.ts'
import { gatherReport, type SearchReport } from './search-report.ts'
import type { SearchResult } from './search-result-schema.ts'

/** Results of a search that are given unless told. */
const TOP = 10

/** How to search, and how to run what was found. */
export interface SearchRunOptions
  extends SearchOptions, Omit<HubRankOptions, 'models' | 'all' | 'key' | keyof SearchOptions> {}

/** A target, as its sketch and as the data that it was sketched from. */
export interface SearchedTarget {
  readonly target: LoadedSketch
  /** Data files; a sketch cannot be run on. */
  readonly places: readonly string[]
}

/**
 * Searches, then runs the first models found on a sample of the data. The target is not sketched again.
 *
 * @throws USAGE for a target that is a sketch, OUT_OF_RANGE; what searching throws, and what `rankVersions` throws
 */
export async function searchAndRun(
  hub: SearchedHub,
  searched: SearchedTarget,
  options: SearchRunOptions,
): Promise<SearchResult> {
  await refuseSketches(searched.places)
  const result = await searchHub(hub, searched.target, { ...options, top: mostOf(options), predict: false })
  const run = await runFirst(hub.catalog, result, { ...options, ...searched })
  return { ...firstOf(result, options), run: run?.result ?? null }
}

/** The same with what a report shows of the search and of the run. */
export async function reportAndRun(
  hub: SearchedHub,
  searched: SearchedTarget,
  options: SearchRunOptions,
): Promise<SearchReport> {
  await refuseSketches(searched.places)
  const report = await gatherReport(hub, searched.target, { ...options, top: mostOf(options), predict: false })
  const run = await runFirst(hub.catalog, report.result, { ...options, ...searched })
  const result = { ...firstOf(report.result, options), run: run?.result ?? null }
  return { ...report, result, run: run && (await rankReport(run.result, run.ranking, options)) }
}

/** Enough results for the table and for the shortlist. */
function mostOf({ top = TOP, shortlist }: SearchRunOptions): number {
  return Math.max(top, checkedShortlist(shortlist))
}

function firstOf(result: SearchResult, { top = TOP }: SearchRunOptions): SearchResult {
  return { ...result, parameters: { ...result.parameters, top }, results: result.results.slice(0, top) }
}

/** Undefined where nothing was found. */
async function runFirst(
  catalog: Catalog,
  { results, considered, hubRevision, query }: SearchResult,
  { places, shortlist, ...options }: SearchRunOptions & SearchedTarget,
): Promise<RankedOnHub | undefined> {
  const chosen: ChosenVersion[] = []
  for (const { model, version, fit, elsewhere } of results.slice(0, checkedShortlist(shortlist))) {
    chosen.push({
      version: await findVersion(catalog.db, `${model}@${version}`),
      fit,
      elsewhere: elsewhere ?? undefined,
    })
  }
  const from = { considered, hubRevision, sketchSha256: query.sketchSha256 }
  return chosen.length === 0 ? undefined : rankVersions(catalog, places, { ...options, chosen, ...from })
}
