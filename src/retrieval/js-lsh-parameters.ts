import { ModelHubError } from '../common/modelhub-error.ts'
import type { BandShape } from './band-tables.ts'
import { candidateProbability, recallAt, rootDistances, type PStableParameters } from './p-stable-collision.ts'

export interface JsLshAim {
  /** t in (0, ln 2), nats: what is sought lies within it. */
  readonly threshold: number
  /** Share of pairs at the threshold that must be found, whatever distance they stand for, in (0, 1). */
  readonly recall: number
  /** Hashes in all, L K at most; 512 by default. They cost time and memory, and spare comparisons. */
  readonly mostHashes?: number
  /** A divergence that need not be found, nats; few pairs there should be compared. Four times the threshold by default. */
  readonly far?: number
}

/** Beyond so many values in a band few bands are left. */
const MOST_VALUES = 64

const HALVINGS = 40

/** Parameters with what they promise. */
export interface JsLshChoice extends PStableParameters {
  /** Share of pairs at the threshold that are found, at the worst distance and at the best. */
  readonly recall: { readonly worst: number; readonly best: number }
  /** Share of pairs at the far divergence that are compared for nothing, at the distance where it is greatest. */
  readonly farCompared: number
}

/**
 * The (K, L, r) that compare the fewest far pairs among those that reach a recall at a threshold.
 *
 *   L = ⌊mostHashes / K⌋,  r = least with 1 − (1 − p(c)^K)^L ≥ recall at c = √(2 t / ln 2)        Datar et al. (2004), §3
 *
 * Ties go to the smallest K.
 *
 * @throws OUT_OF_RANGE when threshold or recall lie outside their ranges, or mostHashes is no integer ≥ 1
 */
export function jsLshParameters({ threshold, recall, mostHashes = 512, far = 4 * threshold }: JsLshAim): JsLshChoice {
  requireInside(threshold, Math.LN2, 'threshold')
  requireInside(recall, 1, 'recall')
  if (!Number.isInteger(mostHashes) || mostHashes < 1) {
    throw new ModelHubError('OUT_OF_RANGE', `mostHashes: expected an integer >= 1, got ${mostHashes}`)
  }
  const near = rootDistances(threshold).most
  const farAway = rootDistances(Math.min(far, Math.LN2)).least
  const choices = Array.from({ length: Math.min(mostHashes, MOST_VALUES) }, (_, k): JsLshChoice => {
    const shape = { values: k + 1, bands: Math.floor(mostHashes / (k + 1)) }
    const parameters = { shape, width: near * leastCells(shape, recall) }
    const farCompared = candidateProbability(farAway, parameters)
    return { ...parameters, recall: recallAt(threshold, parameters), farCompared }
  })
  return choices.reduce((best, choice) => (choice.farCompared < best.farCompared ? choice : best))
}

/** The least r/c at which bands collide with a probability; it rises with r/c, so halving finds it. */
function leastCells(shape: BandShape, probability: number): number {
  let [low, high] = [0, 1]
  const reaches = (cells: number) => candidateProbability(1, { shape, width: cells }) >= probability
  while (!reaches(high)) [low, high] = [high, 2 * high]
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2
    if (reaches(middle)) high = middle
    else low = middle
  }
  return high
}

function requireInside(value: number, limit: number, name: string): void {
  if (value > 0 && value < limit) return
  throw new ModelHubError('OUT_OF_RANGE', `${name}: expected a number in (0, ${limit}), got ${value}`)
}
