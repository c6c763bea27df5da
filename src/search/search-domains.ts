import { jointComparer, mapTarget, pooledComparer } from './compare.ts'
import { evidenceFor, type Comparison, type Evidence, type Threshold } from './evidence.ts'
import { METRICS, type Metric } from './metrics.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { Candidate, DomainCandidates } from './candidate.ts'
import type { SearchParameters } from './search-parameters.ts'

/** Nats. */
const POOLED_THRESHOLD = 0.005

/** A candidate with its score and the evidence for it. */
export interface ScoredCandidate {
  readonly candidate: Candidate
  /** In the metric's own unit. */
  readonly score: number
  readonly evidence: Evidence
}

/** What became of a search before its verdict. */
export interface SearchOutcome {
  /** Candidates with overlap above t1 and within the limits of Def. 4, best first; ties by name, then newest first. */
  readonly ranked: readonly ScoredCandidate[]
  /** Models whose overlap is t1 or less. */
  readonly withoutOverlap: number
  /** Models whose overlap suffices but that Def. 4's limits leave out. */
  readonly pastLimits: number
}

/**
 * The exact engine: compares the target with every candidate (Zhou et al. 2020, Defs. 2 to 4). Every other engine is
 * checked against it.
 */
export function searchDomains(
  target: Sketch,
  domains: readonly DomainCandidates[],
  parameters: SearchParameters,
): SearchOutcome {
  const scored = domains.flatMap(({ domain, candidates }) => {
    const mapped = mapTarget(target, domain, parameters)
    const compare = parameters.space === 'pooled' ? pooledComparer(mapped) : jointComparer(mapped, domain)
    return candidates.map(candidate => scoreCandidate(compare(candidate), parameters))
  })
  const overlapping = scored.filter(({ evidence }) => evidence.overlap > parameters.t1)
  const within = overlapping.filter(({ evidence }) => withinLimits(evidence, parameters))
  return {
    ranked: within.sort(byScore(METRICS[parameters.metric])),
    withoutOverlap: scored.length - overlapping.length,
    pastLimits: overlapping.length - within.length,
  }
}

function scoreCandidate(comparison: Comparison, parameters: SearchParameters): ScoredCandidate {
  const evidence = evidenceFor(comparison, thresholdOf(parameters))
  const score = evidence.overlap > parameters.t1 ? METRICS[parameters.metric].value(comparison, evidence) : NaN
  return { candidate: comparison.candidate, score, evidence }
}

/** In the pooled space the paper sets the threshold by hand: the middle one of those it reports on. */
function thresholdOf({ space, threshold }: SearchParameters): Threshold {
  return space === 'pooled' && threshold === 'auto' ? POOLED_THRESHOLD : threshold
}

function withinLimits(evidence: Evidence, { minAdaptivity, maxJs }: SearchParameters): boolean {
  return evidence.adaptivity >= (minAdaptivity ?? -Infinity) && evidence.js <= (maxJs ?? Infinity)
}

/** Best first, missing scores last, ties by name and then by version, the newest first. */
export function byScore({ better }: Metric): (a: ScoredCandidate, b: ScoredCandidate) => number {
  const sign = better === 'greater' ? -1 : 1
  return (a, b) => {
    const difference = sign * (a.score - b.score)
    if (difference !== 0 && !Number.isNaN(difference)) return difference
    const missing = Number(Number.isNaN(a.score)) - Number(Number.isNaN(b.score))
    if (missing !== 0) return missing
    const [nameA, nameB] = [a.candidate.name, b.candidate.name]
    return nameA < nameB ? -1 : nameA > nameB ? 1 : b.candidate.version - a.candidate.version
  }
}
