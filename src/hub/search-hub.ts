import {
  countMembers,
  hubRevision,
  knownNames,
  listVersions,
  meanElsewhere,
  resembling,
  type Catalog,
  type Elsewhere,
} from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import type { BoundShares } from '../retrieval/index.ts'
import { otherViews, targetBundle, verdictOf, type ScoredCandidate, type SearchParameters } from '../search/index.ts'
import { bundleResult, requireJoint } from './bundle-result.ts'
import { datasetName } from './dataset-identity.ts'
import { checkParameters } from './check-parameters.ts'
import { decisionResult } from './decision-result.ts'
import { cardEvidence } from './known-targets.ts'
import { chooseEngine, countedFor, type ChosenEngine } from './choose-engine.ts'
import type { EngineName } from './engines.ts'
import { findByComparing, findByIndex, type FindOptions, type FoundCandidates } from './find-candidates.ts'
import { HubIndex, type IndexWork } from './hub-index.ts'
import { loadCandidates } from './load-candidates.ts'
import type { LoadedSketch } from './load-sketch.ts'
import type { SearchResult } from './search-result-schema.ts'

export interface SearchOptions extends Partial<SearchParameters>, IndexWork {
  /** Most results to give; default 10. */
  readonly top?: number
  /** Models left out, as `owner/model`. */
  readonly excludeModels?: readonly string[]
  /** Only models that fulfil this condition (docs/where.md). */
  readonly where?: string
  /** Also find the models that together cover most of the target; every model is compared for that. */
  readonly bundle?: boolean
  /** Predict by the hub's history how well the models found will do; true unless told. */
  readonly predict?: boolean
  /** How candidates are found; `auto` unless told. */
  readonly engine?: EngineName
}

/** A hub to be searched. */
export interface SearchedHub {
  readonly catalog: Catalog
  /** Kept open from search to search; opened for this one where it is absent. */
  readonly index?: HubIndex
}

/** Searches the models of a hub for those whose training data fit a target; no model is run. */
export async function searchHub(
  { catalog, index }: SearchedHub,
  target: LoadedSketch,
  options: SearchOptions,
): Promise<SearchResult> {
  const started = performance.now()
  const { top = 10, excludeModels = [], where, bundle = false, predict = true } = options
  const parameters = checkParameters({ ...options, top })
  if (bundle) requireJoint(parameters)
  if (parameters.metric === 'mmd') requireReferenceMean(target)
  const revision = await hubRevision(catalog.db)
  const finding = { parameters, top, excludeModels, where, signal: options.signal, onProgress: options.onProgress }
  const { found, ...engine } = await find({ catalog, index }, target, { ...finding, asked: options.engine ?? 'auto' })
  const { outcome, models, notes } = found
  const name = datasetName([target.source])
  const history = await meanElsewhere(catalog.db, { name, sha256: target.sha256 })
  const shown = outcome.ranked.slice(0, top)
  return {
    query: queryOf(target),
    parameters: { ...parameters, top, excludeModels: [...excludeModels], ...(where === undefined ? {} : { where }) },
    engine: { ...engine, ...workOf(found) },
    results: shown.map((scored, i) => {
      return { ...resultRow(scored, i + 1, parameters), elsewhere: elsewhereOf(scored.candidate, history) }
    }),
    considered: [...models.considered],
    hubRevision: revision,
    baselines: baselinesOf(models, history),
    verdict: { ...verdictOf(outcome, models.blindOrder) },
    decision: predict && history.size > 0 ? await decidedOf(catalog, shown, name) : null,
    ...(bundle ? { bundle: await bundleOf(catalog, target, { parameters, excludeModels, where }) } : {}),
    warnings: [
      ...(await unknownNames(catalog, excludeModels)),
      ...otherViews(target.sketch.view, models.ofOtherViews, { nothingRanked: shown.length === 0 }),
      ...notes,
    ],
    elapsedMs: Math.round(performance.now() - started),
  }
}

/** What an engine compared, and how many models each bound left, by the names of the result. */
function workOf({ exact, models, compared, bounds }: FoundCandidates) {
  const { count, overlapping } = models
  return { exact, models: count, overlapping, compared, ...(bounds && { bounds: boundsOf(bounds) }) }
}

function boundsOf({ eligible, afterRoots, afterMerged, afterFine }: BoundShares): SearchResult['engine']['bounds'] {
  return { models: eligible, hellinger: afterRoots, mergedBins: afterMerged, codes: afterFine }
}

/** What the hub's history expects of the models found. */
async function decidedOf(
  catalog: Catalog,
  shown: readonly ScoredCandidate[],
  target: string | undefined,
): Promise<SearchResult['decision']> {
  const { decideFound } = await import('./decide-by-history.ts')
  const decision = await decideFound(catalog, shown.map(foundEvidence), target)
  return decision ? decisionResult(decision) : null
}

/** What sketches and the card say, by the names of the decision's evidence. */
function foundEvidence({ candidate, evidence }: ScoredCandidate) {
  const { fit, softCoverage, coverage, js, overlap } = evidence
  const told = { fit, 'soft-coverage': softCoverage, coverage, js, overlap, ...cardEvidence(candidate) }
  const known = Object.entries(told).filter(([, value]) => Number.isFinite(value))
  return { name: candidate.name, evidence: Object.fromEntries(known) }
}

type Asked = FindOptions & { readonly asked: EngineName }
type Found = ChosenEngine & { readonly asked: EngineName; readonly found: FoundCandidates }

async function find({ catalog, index }: SearchedHub, target: LoadedSketch, options: Asked): Promise<Found> {
  const { asked, parameters, top } = options
  const models = asked === 'auto' ? await countMembers(catalog.db, countedFor(parameters, top)) : 0
  const chosen = chooseEngine(asked, parameters, { models, top })
  const byComparing = () => findByComparing(catalog, target.sketch, options)
  if (chosen.used === 'exact') return { ...chosen, asked, found: await byComparing() }
  const own = index ?? new HubIndex(catalog)
  try {
    const found = await findByIndex({ catalog, index: own }, target.sketch, { ...options, engine: chosen.used })
    return { ...chosen, asked, found }
  } catch (error) {
    const unwritable = error instanceof ModelHubError && error.code === 'WRITE_FAILED'
    if (!(unwritable && asked === 'auto')) throw error
    return { used: 'exact', reason: error.message, asked, found: await byComparing() }
  } finally {
    if (!index) own.close()
  }
}

function queryOf({ source, sketch, sha256 }: LoadedSketch): SearchResult['query'] {
  return { source, rows: sketch.rows, features: sketch.features.length, sketchSha256: sha256 }
}

async function bundleOf(
  catalog: Catalog,
  { sketch }: LoadedSketch,
  { parameters, excludeModels, where }: Pick<FindOptions, 'parameters' | 'excludeModels' | 'where'>,
): Promise<SearchResult['bundle']> {
  return bundleResult(
    targetBundle(sketch, await loadCandidates(catalog, { exclude: excludeModels, where }), parameters),
  )
}

/** Warns of names left out that no model of the hub has. */
async function unknownNames(catalog: Catalog, excluded: readonly string[]): Promise<string[]> {
  if (excluded.length === 0) return []
  const known = await knownNames(catalog.db, excluded)
  const unknown = excluded.filter(name => !known.has(name))
  if (unknown.length === 0) return []
  const versions = await listVersions(catalog.db, { all: true })
  return Promise.all(
    unknown.map(async name => {
      const [near] = await resembling(versions, name)
      return `excludeModels: no model is named ${name}${near ? `; did you mean ${near.name}?` : ''}`
    }),
  )
}

function requireReferenceMean({ source, sketch }: LoadedSketch): void {
  if (sketch.referenceMean) return
  throw new ModelHubError('USAGE', `metric: mmd needs a target sketched with --reference, and ${source} was not`)
}

type History = ReadonlyMap<string, Elsewhere>
interface NamedVersion {
  readonly name: string
  readonly version: number
}

function elsewhereOf({ name, version }: NamedVersion, history: History): number | null {
  return history.get(`${name}@${version}`)?.mean ?? null
}

function baselinesOf({ blindOrder, ranked }: FoundCandidates['models'], history: History) {
  return { sourceAccuracy: blindOrder.map(({ name }) => name), elsewhere: elsewhereOrder(ranked, history) }
}

/** Those of the candidates that have a history by their mean accuracy elsewhere, the best first; ties by name. */
function elsewhereOrder(ranked: Iterable<NamedVersion>, history: History): string[] {
  if (history.size === 0) return []
  return [...ranked]
    .flatMap(one => {
      const mean = elsewhereOf(one, history)
      return mean === null ? [] : [{ name: one.name, mean }]
    })
    .sort((a, b) => b.mean - a.mean || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
}

function resultRow({ candidate, score, evidence }: ScoredCandidate, rank: number, { metric }: SearchParameters) {
  const { overlap, fit, adaptivity, coverage, softCoverage, js } = evidence
  return {
    rank,
    model: candidate.name,
    version: candidate.version,
    score: Number.isNaN(score) ? null : score,
    metric,
    overlap,
    fit,
    adaptivity,
    coverage,
    softCoverage,
    js,
    sourceAccuracy: candidate.sourceAccuracy,
    sizeBytes: candidate.sizeBytes,
    license: candidate.license,
  }
}
