import type { FeatureFit } from '../search/index.ts'

/** A feature, and the names of those after it with the same histograms, as the colours of a grey image have. */
export interface DistinctFeature extends FeatureFit {
  readonly alike: readonly string[]
}

/**
 * The first features, in their order, each kind of histograms once; features without histograms all stand alone.
 *
 * @param most kinds that come back
 */
export function distinctFeatures(features: readonly FeatureFit[], most: number): DistinctFeature[] {
  const kinds = new Map<string, FeatureFit[]>()
  for (const feature of features) {
    const kind = feature.histograms ? JSON.stringify(feature.histograms) : feature.feature
    const known = kinds.get(kind)
    if (known) known.push(feature)
    else kinds.set(kind, [feature])
  }
  return Array.from(kinds.values())
    .slice(0, most)
    .map(([first, ...rest]) => ({ ...first, alike: rest.map(({ feature }) => feature) }))
}
