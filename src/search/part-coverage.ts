import { nearestDivergences } from '../divergence/pairwise-matrix.ts'
import { pairwiseJensenShannon } from '../divergence/pairwise-jensen-shannon.ts'
import { withMissingFeatures } from '../divergence/with-missing-features.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { Candidate, DomainCandidates } from './candidate.ts'
import { jointComparer, mapTarget } from './compare.ts'
import { bestParts, evidenceFor, thresholdFor, type Comparison } from './evidence.ts'
import type { SearchParameters } from './search-parameters.ts'

/** A candidate beside each part of a target. */
export interface PartCoverage {
  readonly candidate: Candidate
  readonly fit: number
  /** Whether some part of the training data matches it: JS ≤ t over the shared features, as in `coverage`. */
  readonly covers: readonly boolean[]
  /** JS divergence of the nearest part of the training data, missing features counted as ln 2; nats. */
  readonly nearest: readonly number[]
}

/**
 * Which parts of a target (clustered ones where its sketch has them) each candidate with overlap above t1 covers, in the
 * joint space: the parts and the threshold are those that `explainFit` shows.
 *
 * @returns best fit first, ties by name
 */
export function partCoverages(
  target: Sketch,
  domains: readonly DomainCandidates[],
  parameters: SearchParameters,
): readonly PartCoverage[] {
  const found = domains.flatMap(({ domain, candidates }) => {
    const compare = jointComparer(mapTarget(target, domain, parameters), domain)
    return candidates.map(compare).flatMap(comparison => {
      const { overlap, fit } = evidenceFor(comparison, parameters.threshold)
      return overlap > parameters.t1 ? [{ fit, ...coverageOf(comparison, parameters) }] : []
    })
  })
  return found.sort((a, b) => b.fit - a.fit || (a.candidate.name < b.candidate.name ? -1 : 1))
}

function coverageOf(comparison: Comparison, { threshold }: SearchParameters): Omit<PartCoverage, 'fit'> {
  const { candidate, source, target, shared, sharedFeatures, targetFeatures } = comparison
  const parts = bestParts(source, target)
  const limit = threshold === 'auto' ? thresholdFor(parts, shared) : threshold
  const js = nearestDivergences(pairwiseJensenShannon(parts.source, parts.target, shared), parts.target.partitions)
  return {
    candidate,
    covers: Array.from(js, nearest => nearest <= limit),
    nearest: Array.from(js, nearest => withMissingFeatures(nearest, sharedFeatures, targetFeatures)),
  }
}
