import type { Sketch } from '../sketch/sketch.ts'
import type { Candidate, DomainCandidates } from './candidate.ts'
import { jointComparer, mapTarget } from './compare.ts'
import { evidenceFor, type Comparison } from './evidence.ts'
import { METRICS, type MetricName } from './metrics.ts'
import { DEFAULT_PARAMETERS, type SearchParameters } from './search-parameters.ts'

/** A candidate with all that sketches say of it and a target. */
export interface CandidateMetrics {
  readonly candidate: Candidate
  /** Share of the target's features that the model has (Def. 3), in [0, 1]. */
  readonly overlap: number
  /** Values by the names of METRICS, in each one's own unit; those that are not known are missing. */
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>
}

/** Every metric of every candidate beside a target, in the joint space; a candidate's card has no part in it. */
export function candidateMetrics(
  target: Sketch,
  domains: readonly DomainCandidates[],
  parameters: Partial<Pick<SearchParameters, 'match' | 't2' | 'threshold'>> = {},
): readonly CandidateMetrics[] {
  const { match = DEFAULT_PARAMETERS.match, t2 = DEFAULT_PARAMETERS.t2, threshold = 'auto' } = parameters
  return domains.flatMap(({ domain, candidates }) => {
    const compare = jointComparer(mapTarget(target, domain, { match, t2 }), domain)
    return candidates.map(candidate => metricsOf(compare(candidate), threshold))
  })
}

function metricsOf(comparison: Comparison, threshold: SearchParameters['threshold']): CandidateMetrics {
  const evidence = evidenceFor(comparison, threshold)
  // Of datasets that share nothing, most metrics say nothing.
  if (comparison.shared.length === 0) return { candidate: comparison.candidate, overlap: 0, metrics: { fit: 0 } }
  const values = Object.entries(METRICS).flatMap(([name, metric]) => {
    const value = name === 'source-accuracy' ? NaN : metric.value(comparison, evidence)
    return Number.isFinite(value) ? [[name, value]] : []
  })
  const metrics = Object.fromEntries(values) as CandidateMetrics['metrics']
  return { candidate: comparison.candidate, overlap: evidence.overlap, metrics }
}
