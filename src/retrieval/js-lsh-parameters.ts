import { ModelHubError } from '../common/modelhub-error.ts'
import {
  candidateProbability,
  pStableCollision,
  recallAt,
  rootDistances,
  type PStableParameters,
} from './p-stable-collision.ts'

export interface JsLshAim {
  /** t in (0, ln 2), nats: what is sought lies within it. */
  readonly threshold: number
  /** Share of pairs at the threshold that must be found, whatever distance they stand for, in (0, 1). */
  readonly recall: number
  /** Most hashes in all, L K; 512 by default. */
  readonly mostHashes?: number
  /** A divergence that need not be found, nats; few pairs there should be compared. Four times the threshold by default. */
  readonly far?: number
}

/** Parameters with what they promise. */
export interface JsLshChoice extends PStableParameters {
  /** Share of pairs at the threshold that are found, at the worst distance and at the best. */
  readonly recall: { readonly worst: number; readonly best: number }
  /** Share of pairs at the far divergence that are compared for nothing, at the distance where it is greatest. */
  readonly farCompared: number
}

/** Widths tried, from an eighth of the threshold's distance upwards, each so much wider than the one before. */
const WIDTHS = 80
const WIDTH_STEP = 1.07

/**
 * The (K, L, r) that compare the fewest far pairs among those that reach a recall at a threshold.
 *
 *   L = least with 1 − (1 − p(c)^K)^L ≥ recall at c = √(2 t / ln 2),  L K ≤ mostHashes        Datar et al. (2004), §3
 *
 * Ties go to the fewest hashes.
 *
 * @throws OUT_OF_RANGE when threshold or recall lie outside their ranges, or so few hashes cannot reach the recall
 */
export function jsLshParameters({ threshold, recall, mostHashes = 512, far = 4 * threshold }: JsLshAim): JsLshChoice {
  requireInside(threshold, Math.LN2, 'threshold')
  requireInside(recall, 1, 'recall')
  const near = rootDistances(threshold).most
  const farAway = rootDistances(Math.min(far, Math.LN2)).least
  let best: PStableParameters | undefined
  let [fewest, hashes] = [Infinity, Infinity]
  for (let step = 0; step < WIDTHS; step++) {
    const width = (near / 8) * WIDTH_STEP ** step
    const p = pStableCollision(near, width)
    for (let values = 1; values <= mostHashes; values++) {
      const bands = Math.max(1, Math.ceil(Math.log1p(-recall) / Math.log1p(-(p ** values))))
      if (!(bands * values <= mostHashes)) break
      const parameters = { shape: { bands, values }, width }
      const compared = candidateProbability(farAway, parameters)
      if (compared < fewest || (compared === fewest && bands * values < hashes)) {
        ;[best, fewest, hashes] = [parameters, compared, bands * values]
      }
    }
  }
  if (best === undefined) {
    throw new ModelHubError('OUT_OF_RANGE', `recall: ${mostHashes} hashes cannot reach ${recall}; allow more`)
  }
  return { ...best, recall: recallAt(threshold, best), farCompared: fewest }
}

function requireInside(value: number, limit: number, name: string): void {
  if (value > 0 && value < limit) return
  throw new ModelHubError('OUT_OF_RANGE', `${name}: expected a number in (0, ${limit}), got ${value}`)
}
