import type { Sketch } from '../sketch/sketch.ts'
import type { Candidate, DomainCandidates } from './candidate.ts'
import { jointComparer, mapTarget } from './compare.ts'
import { evidenceFor, type Evidence } from './evidence.ts'
import type { SearchParameters } from './search-parameters.ts'

/** How well the training data of one model fit those of another. */
export interface TrainingPair {
  readonly model: Candidate
  /** The model whose training data stand for a target. */
  readonly other: Candidate
  readonly evidence: Evidence
}

/**
 * Compares the training data of every model with those of every other one, both ways, as a search would if the other's
 * were the target: in the joint space, in the reference bins of the first one's domain.
 *
 * @param domains candidates with their whole sketches
 * @returns one pair for every two models and direction, in order of the candidates
 */
export function compareTraining(
  domains: readonly DomainCandidates[],
  parameters: SearchParameters,
): readonly TrainingPair[] {
  const all = domains.flatMap(({ candidates }) => candidates)
  return all.flatMap(other =>
    fitsOf(other.sketch!, domains, parameters)
      .filter(({ model }) => model !== other)
      .map(({ model, evidence }) => ({ model, other, evidence })),
  )
}

/** The evidence for every candidate, whatever its overlap, in the joint space. */
export function fitsOf(
  target: Sketch,
  domains: readonly DomainCandidates[],
  parameters: SearchParameters,
): readonly { readonly model: Candidate; readonly evidence: Evidence }[] {
  return domains.flatMap(({ domain, candidates }) => {
    const compare = jointComparer(mapTarget(target, domain, parameters), domain)
    return candidates.map(model => ({ model, evidence: evidenceFor(compare(model), parameters.threshold) }))
  })
}
