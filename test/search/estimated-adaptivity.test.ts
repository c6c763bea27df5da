import { expect, test } from 'vitest'
import { adaptivity, pairwiseJensenShannon } from '../../src/divergence/index.ts'
import { estimatedAdaptivity } from '../../src/search/estimated-adaptivity.ts'
import { allFeatures, blockOf } from '../arbitrary-partition-block.ts'

const parts = blockOf([[[0.5, 0.5, 0, 0]], [[0.5, 0.5, 0, 0]], [[0, 0, 0.5, 0.5]]])
const shared = allFeatures(parts)

test('by hand: equal partitions always share a signature, disjoint ones hardly ever', () => {
  const target = blockOf([[[0.5, 0.5, 0, 0]], [[0, 0, 0.5, 0.5]]])
  const verified = adaptivity(pairwiseJensenShannon(parts, target, shared), 2, 0.01)
  expect(verified).toBe(1.5)
  expect(estimatedAdaptivity({ source: parts, target, shared }, 0.01)).toBe(verified)
})

test('counts pairs beyond the threshold where they collide, and at a wide one all', () => {
  const near = blockOf([[[0.4, 0.6, 0, 0]], [[0.4, 0.6, 0, 0]], [[0, 0, 0.4, 0.6]]])
  const beyond = 0.004
  expect(adaptivity(pairwiseJensenShannon(parts, near, shared), 3, beyond)).toBe(0)
  expect(estimatedAdaptivity({ source: parts, target: near, shared }, beyond)).toBeGreaterThan(0)
  expect(estimatedAdaptivity({ source: parts, target: near, shared }, 0.69)).toBe(3)
})

test('undefined where there is nothing to hash by', () => {
  const pair = { source: parts, target: parts, shared }
  expect([0, Math.LN2, 1].map(threshold => estimatedAdaptivity(pair, threshold))).toEqual(Array(3).fill(undefined))
  expect(estimatedAdaptivity({ ...pair, shared: new Uint32Array(0) }, 0.1)).toBeUndefined()
})
