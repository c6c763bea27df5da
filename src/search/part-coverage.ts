import { nearestDivergences } from '../divergence/pairwise-matrix.ts'
import { pairwiseJensenShannon } from '../divergence/pairwise-jensen-shannon.ts'
import { samplingFloors } from '../divergence/sampling-floors.ts'
import { withMissingFeatures } from '../divergence/with-missing-features.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { Candidate, DomainCandidates } from './candidate.ts'
import { jointComparer, mapTarget } from './compare.ts'
import { bestParts, evidenceFor, thresholdFor, type Comparison, type Parts } from './evidence.ts'
import type { SearchParameters } from './search-parameters.ts'

/** A candidate beside each part of a target. */
export interface PartCoverage {
  readonly candidate: Candidate
  readonly fit: number
  /** Whether it covers each part; see `partCoverages`. */
  readonly covers: readonly boolean[]
  /** JS divergence of the nearest part of the training data, missing features counted as ln 2; nats. */
  readonly nearest: readonly number[]
}

/**
 * Which parts of a target (clustered ones where its sketch has them) each candidate with overlap above t1 covers, in the
 * joint space. A candidate covers a part where some part of its training data matches it, JS ≤ t over the shared
 * features, parts and threshold as `explainFit` shows them. With t chosen by sizes (`auto`) it must also come as near as
 * the nearest candidate does, or farther by no more than sampling alone adds (`samplingFloors`): cells of some forty
 * rows make that t so wide that the first candidate would match them all.
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
  found.sort((a, b) => b.fit - a.fit || (a.candidate.name < b.candidate.name ? -1 : 1))
  return parameters.threshold === 'auto' ? nearlyNearest(found) : found
}

/** Without those who cover a part, but whom another comes nearer to it by more than sampling adds. */
function nearlyNearest(found: readonly MeasuredCoverage[]): readonly PartCoverage[] {
  const parts = found[0]?.nearest.length ?? 0
  const least = Array.from({ length: parts }, (_, part) => Math.min(...found.map(({ nearest }) => nearest[part])))
  return found.map(({ covers, nearest, floors, ...coverage }) => ({
    ...{ ...coverage, nearest },
    covers: covers.map((isCovered, part) => isCovered && nearest[part] <= least[part] + floors[part]),
  }))
}

interface MeasuredCoverage extends PartCoverage {
  /** What sampling alone adds to the divergence of each part from the nearest part of the training data, in nats. */
  readonly floors: readonly number[]
}

function coverageOf(comparison: Comparison, { threshold }: SearchParameters): Omit<MeasuredCoverage, 'fit'> {
  const { candidate, source, target, shared, sharedFeatures, targetFeatures } = comparison
  const parts = bestParts(source, target)
  const limit = threshold === 'auto' ? thresholdFor(parts, shared) : threshold
  const pairs = pairwiseJensenShannon(parts.source, parts.target, shared)
  const js = nearestDivergences(pairs, parts.target.partitions)
  return {
    candidate,
    covers: Array.from(js, nearest => nearest <= limit),
    nearest: Array.from(js, nearest => withMissingFeatures(nearest, sharedFeatures, targetFeatures)),
    floors: floorsOf(comparison, parts, pairs),
  }
}

/** The sampling floors of each part of the target and of the part of the training data that is nearest to it. */
function floorsOf({ shared, rowCounted }: Comparison, { source, target }: Parts, pairs: Float64Array): number[] {
  const sharing = Math.max(1, shared.length)
  const [ofSource, ofTarget] = [source, target].map(block => samplingFloors(block, rowCounted, sharing))
  return Array.from(ofTarget, (floor, part) => {
    let nearest = 0
    for (let other = 1; other < source.partitions; other++) {
      if (pairs[other * target.partitions + part] < pairs[nearest * target.partitions + part]) nearest = other
    }
    return floor + ofSource[nearest]
  })
}
