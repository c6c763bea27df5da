import { hubRevision, listVersions, resembling, type Catalog } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import {
  otherViews,
  searchDomains,
  sourceAccuracyOrder,
  targetBundle,
  verdictOf,
  type ScoredCandidate,
  type SearchParameters,
} from '../search/index.ts'
import { loadCandidates } from './load-candidates.ts'
import type { LoadedSketch } from './load-sketch.ts'
import { checkParameters } from './check-parameters.ts'
import { bundleResult, requireJoint } from './bundle-result.ts'
import type { SearchResult } from './search-result-schema.ts'

export interface SearchOptions extends Partial<SearchParameters> {
  /** Most results to give; default 10. */
  readonly top?: number
  /** Models left out, as `owner/model`. */
  readonly excludeModels?: readonly string[]
  /** Only models that fulfil this condition (docs/where.md). */
  readonly where?: string
  /** Also find the models that together cover most of the target. */
  readonly bundle?: boolean
}

/** Searches the models of a hub for those whose training data cover a target; no model is run. */
export async function searchHub(catalog: Catalog, target: LoadedSketch, options: SearchOptions): Promise<SearchResult> {
  const started = performance.now()
  const { top = 10, excludeModels = [], where, bundle = false } = options
  const parameters = checkParameters({ ...options, top })
  if (bundle) requireJoint(parameters)
  if (parameters.metric === 'mmd') requireReferenceMean(target)
  const revision = await hubRevision(catalog.db)
  const candidates = await loadCandidates(catalog, {
    exclude: excludeModels,
    where,
    sketches: parameters.space === 'pooled' || parameters.metric === 'mmd',
  })
  const outcome = searchDomains(target.sketch, candidates, parameters)
  const blindOrder = sourceAccuracyOrder(outcome.ranked)
  return {
    query: {
      source: target.source,
      rows: target.sketch.rows,
      features: target.sketch.features.length,
      sketchSha256: target.sha256,
    },
    parameters: { ...parameters, top, excludeModels: [...excludeModels], ...(where === undefined ? {} : { where }) },
    results: outcome.ranked.slice(0, top).map((scored, i) => resultRow(scored, i + 1, parameters)),
    considered: candidates.flatMap(domain => domain.candidates.map(({ name, version }) => `${name}@${version}`)).sort(),
    hubRevision: revision,
    baselines: { sourceAccuracy: [...blindOrder] },
    verdict: { ...verdictOf(outcome, blindOrder) },
    ...(bundle ? { bundle: bundleResult(targetBundle(target.sketch, candidates, parameters)) } : {}),
    warnings: [
      ...(await unknownNames(catalog, excludeModels)),
      ...otherViews(
        target.sketch.view,
        candidates.flatMap(domain => domain.candidates),
        { nothingRanked: outcome.ranked.length === 0 },
      ),
    ],
    elapsedMs: Math.round(performance.now() - started),
  }
}

/** Warns of names left out that no model of the hub has. */
async function unknownNames(catalog: Catalog, excluded: readonly string[]): Promise<string[]> {
  if (excluded.length === 0) return []
  const versions = await listVersions(catalog.db, { all: true })
  const unknown = excluded.filter(name => !versions.some(version => version.name === name))
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
