import { expect, it } from 'vitest'
import { distinctFeatures } from '../../src/report/distinct-features.ts'
import type { FeatureFit } from '../../src/search/index.ts'

const feature = (name: string, share?: number): FeatureFit => ({
  ...{ feature: name, js: 0.1 },
  ...(share === undefined ? {} : { histograms: { target: [share, 1 - share], source: [0.5, 0.5] } }),
})

it('shows equal histograms once, with the names of all, and counts kinds, not features', () => {
  const features = [feature('red', 0.2), feature('green', 0.2), feature('edge', 0.4), feature('blue', 0.2)]
  expect(distinctFeatures(features, 2).map(({ feature, alike }) => [feature, alike])).toEqual([
    ['red', ['green', 'blue']],
    ['edge', []],
  ])
  expect(distinctFeatures(features, 1)).toHaveLength(1)
})

it('never joins features that the model lacks', () => {
  expect(distinctFeatures([feature('a'), feature('b')], 9).map(({ alike }) => alike)).toEqual([[], []])
})
