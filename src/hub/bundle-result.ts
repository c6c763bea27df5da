import { ModelHubError } from '../common/index.ts'
import type { SearchParameters, TargetBundle } from '../search/index.ts'
import type { SearchResult } from './search-result-schema.ts'

/** Features that describe what no model covers. */
const FEATURES = 10

/** A bundle as the object that is published as JSON. */
export function bundleResult({ models, parts, share, bestSingle, uncovered }: TargetBundle): SearchResult['bundle'] {
  return {
    models: models.map(model => ({ ...model })),
    ...{ parts, share, bestSingle },
    uncovered: uncovered && {
      ...uncovered,
      features: uncovered.features.slice(0, FEATURES).map(feature => ({ ...feature })),
    },
  }
}

/** @throws USAGE in the pooled space, which has no partitions by feature to cover */
export function requireJoint({ space }: SearchParameters): void {
  if (space === 'joint') return
  throw new ModelHubError('USAGE', `bundle: expected the joint space, got ${space}`)
}
