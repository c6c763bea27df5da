import { ModelHubError } from '../common/modelhub-error.ts'
import { withMissingFeatures } from './with-missing-features.ts'

export interface FitParts {
  /** Soft coverage over clustered partitions and the shared features, in [0, 1]. */
  readonly softCoverage: number
  /** Mean Jensen–Shannon divergence of the whole datasets over the shared features, in nats, in [0, ln 2]. */
  readonly wholeJs: number
  /** Number of shared features, |S|. */
  readonly shared: number
  /** Number of the target's features, |F_q|. */
  readonly targetFeatures: number
}

/**
 * Fit, the default ranking score.
 *
 *   fit = ½ [softCoverage' + 1 − JS'(whole) / ln 2]
 *
 * The primes say that every target feature the model lacks counts as ln 2 (`withMissingFeatures`); soft coverage is
 * linear in the divergences, so its distance (1 − softCoverage) · ln 2 is extended the same way. In [0, 1], not
 * symmetric, and 0 when nothing is shared.
 *
 * @throws OUT_OF_RANGE when softCoverage is not in [0, 1], wholeJs not in [0, ln 2], targetFeatures no positive integer,
 *   or shared no integer in [0, targetFeatures]
 */
export function fit({ softCoverage, wholeJs, shared, targetFeatures }: FitParts): number {
  requireWithin(softCoverage, 1, 'softCoverage')
  requireWithin(wholeJs, Math.LN2, 'wholeJs')
  const partsJs = withMissingFeatures((1 - softCoverage) * Math.LN2, shared, targetFeatures)
  const allJs = withMissingFeatures(wholeJs, shared, targetFeatures)
  return Math.max(0, 1 - (partsJs + allJs) / 2 / Math.LN2)
}

function requireWithin(value: number, most: number, name: string): void {
  if (!(value >= 0 && value <= most)) {
    throw new ModelHubError('OUT_OF_RANGE', `${name}: expected a number in [0, ${most}], got ${value}`)
  }
}
