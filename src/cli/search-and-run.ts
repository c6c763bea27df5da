import type { Command } from 'commander'
import { ModelHubError } from '../common/index.ts'
import type { Hub, LoadedSketch, SearchOptions, SearchReport, SearchResult } from '../hub/index.ts'
import { addCacheOptions, cacheOptions, type CacheFlags } from './cache-options.ts'
import { progressBar } from './progress-bar.ts'
import { addRankingOptions, rankingOptions, type RankingFlags } from './ranking-options.ts'
import { dataOptions, type ReaderOptions } from './reader-options.ts'
import { addRunOptions, runOptions, type RunFlags } from './run-options.ts'

/** Options of a search that runs what it finds. */
export interface SearchRunFlags extends RunFlags, CacheFlags, RankingFlags {
  readonly run?: boolean
}

/** `--run`, and the options of `modelhub rank` that say how. */
export function addSearchRunOptions(command: Command): Command {
  const before = new Set(command.options)
  command.option('--run', 'run the first models on the target, too, as modelhub rank does; the options below say how')
  const run = command.options.at(-1)
  addRankingOptions(addRunOptions(addCacheOptions(command)))
  const added = command.options.filter(option => !before.has(option) && option !== run)
  return command.hook('preAction', () => {
    if (command.opts<SearchRunFlags>().run) return
    const given = added.find(option => command.getOptionValueSource(option.attributeName()) === 'cli')
    if (given) throw new ModelHubError('USAGE', `${given.long}: has an effect only with --run`)
  })
}

/** What is searched, where, and how. */
export interface SearchRunCall {
  readonly target: LoadedSketch
  readonly places: readonly string[]
  readonly flags: ReaderOptions & SearchOptions & SearchRunFlags & { readonly html?: string }
  readonly signal: AbortSignal
}

/** The same as the library takes them. */
export function searchRunOptions(flags: SearchRunCall['flags']) {
  const search = searchOptions(flags)
  const how = { ...runOptions(flags), ...cacheOptions(flags), ...rankingOptions(flags) }
  return { ...dataOptions(flags), ...search, ...(flags.run ? { ...how, run: true } : {}) }
}

/** Options of a search alone, as the library takes them. */
export function searchOptions(flags: SearchOptions): SearchOptions {
  const { metric, space, match, t1, t2, threshold, minAdaptivity, maxJs, top, excludeModels, where, ...more } = flags
  const { bundle, engine } = more
  return { metric, space, match, t1, t2, threshold, minAdaptivity, maxJs, top, excludeModels, where, bundle, engine }
}

/** What a search gave, and what its report shows where one is wanted. */
export interface FoundByCall {
  readonly result: SearchResult
  readonly report?: SearchReport
}

/** Searches, and runs what was found. */
export async function searchAndRun(hub: Hub, { target, places, flags, signal }: SearchRunCall): Promise<FoundByCall> {
  const bar = progressBar()
  try {
    const options = { ...searchRunOptions(flags), signal, onProgress: bar.onProgress }
    if (flags.html === undefined) return { result: await hub.searchAndRun({ target, places }, options) }
    const report = await hub.reportAndRun({ target, places }, options)
    return { result: report.result, report }
  } finally {
    bar.stop()
  }
}
