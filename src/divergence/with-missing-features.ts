import { ModelHubError } from '../common/modelhub-error.ts'

/**
 * A mean divergence over the shared features, extended to all features of the target: each one that the model lacks
 * counts as ln 2, so that one perfectly matching feature out of 81 does not win.
 *
 *   JS' = (|S| · JS + (|F_q| − |S|) · ln 2) / |F_q|
 *
 * @param js mean divergence over the shared features, in nats; not looked at when nothing is shared
 * @param shared number of shared features, |S|
 * @param targetFeatures number of the target's features, |F_q| ≥ 1
 * @returns in [0, ln 2]
 * @throws OUT_OF_RANGE when targetFeatures is no positive integer, or shared no integer in [0, targetFeatures]
 */
export function withMissingFeatures(js: number, shared: number, targetFeatures: number): number {
  if (!Number.isInteger(targetFeatures) || targetFeatures < 1) {
    throw new ModelHubError('OUT_OF_RANGE', `targetFeatures: expected an integer >= 1, got ${targetFeatures}`)
  }
  if (!Number.isInteger(shared) || shared < 0 || shared > targetFeatures) {
    throw new ModelHubError('OUT_OF_RANGE', `shared: expected an integer in [0, ${targetFeatures}], got ${shared}`)
  }
  if (shared === 0) return Math.LN2
  return (shared * js + (targetFeatures - shared) * Math.LN2) / targetFeatures
}
