import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaptivity, pairwiseJensenShannon } from '../../src/divergence/index.ts'
import {
  featureProjections,
  joinPartitions,
  jsLshParameters,
  meanRecall,
  pStableHashes,
  rootDimensions,
  summedPlaces,
  type JoinOptions,
} from '../../src/retrieval/index.ts'
import { allFeatures, arbitraryBlocks, blockOf } from '../arbitrary-partition-block.ts'
import { caughtCode } from '../caught-code.ts'
import { neighbourhoods } from './neighbourhoods.ts'

const threshold = 0.05
const spaces = [
  { space: 'joint', features: 12, bins: 16 },
  { space: 'pooled', features: 1, bins: 100 },
]

function optionsFor(block: Parameters<typeof rootDimensions>[0], recall: number, seed = 5): JoinOptions {
  const features = Uint32Array.from({ length: block.offsets.length - 1 }, (_, f) => f)
  const { shape, width } = jsLshParameters({ threshold, recall })
  const hashes = pStableHashes({ dimensions: rootDimensions(block), shape, width, seed })
  return { features, hashes, threshold }
}

describe('joinPartitions', () => {
  it('is worked by hand: equal partitions match, disjoint ones do not', () => {
    const source = blockOf([[[1, 0]], [[0, 1]], [[1, 0]]])
    const target = blockOf([[[1, 0]]])
    const joined = joinPartitions(source, target, optionsFor(source, 0.9))
    expect(joined.matches.map(pair => [pair.source, pair.target])).toEqual([
      [0, 0],
      [2, 0],
    ])
    expect(joined.adaptivity).toBe(2)
    expect(joined.work.stored).toBe(3)
  })

  it.each(spaces)('has precision 1, and the recall that its parameters promise: $space space', ({ features, bins }) => {
    const source = neighbourhoods(120, { features, bins, seed: 1 })
    const target = neighbourhoods(90, { features, bins, seed: 2 })
    const options = optionsFor(source, 0.9)
    const exact = pairwiseJensenShannon(source, target, options.features)
    const truths = exact.reduce((sum, js) => sum + Number(js <= threshold), 0)
    const { matches } = joinPartitions(source, target, options)
    for (const { source: p, target: q, js } of matches) {
      expect(js).toBe(exact[p * target.partitions + q])
      expect(js).toBeLessThanOrEqual(threshold)
    }
    expect(truths).toBeGreaterThan(300)
    expect(truths).toBeLessThan(exact.length / 2)
    expect(matches.length / truths).toBeGreaterThanOrEqual(0.9)
  })

  it('finds the share of true pairs that the collision formula gives, in the mean over seeds', () => {
    const source = neighbourhoods(60, { features: 1, bins: 100, seed: 1 })
    const target = neighbourhoods(60, { features: 1, bins: 100, seed: 2 })
    const parameters = { shape: { bands: 6, values: 4 }, width: 0.8 }
    const distances: number[] = []
    const exact = pairwiseJensenShannon(source, target, Uint32Array.of(0))
    exact.forEach((js, pair) => {
      const [p, q] = [Math.floor(pair / 60), pair % 60]
      const root = (b: number) => Math.sqrt(source.values[p * 100 + b]) - Math.sqrt(target.values[q * 100 + b])
      const squares = Array.from({ length: 100 }, (_, b) => root(b) ** 2)
      if (js <= threshold) distances.push(Math.sqrt(squares.reduce((sum, square) => sum + square, 0)))
    })
    const seeds = 40
    let found = 0
    for (let seed = 0; seed < seeds; seed++) {
      const hashes = pStableHashes({ dimensions: rootDimensions(source), ...parameters, seed })
      found += joinPartitions(source, target, { features: Uint32Array.of(0), hashes, threshold }).matches.length
    }
    expect(found / seeds / distances.length).toBeCloseTo(meanRecall(distances, parameters), 1)
  })

  it('finds more with probes, and never another pair', () => {
    const source = neighbourhoods(80, { features: 6, bins: 16, seed: 3 })
    const target = neighbourhoods(80, { features: 6, bins: 16, seed: 4 })
    const features = allFeatures(source)
    const dimensions = rootDimensions(source)
    const hashes = pStableHashes({ dimensions, shape: { bands: 4, values: 8 }, width: 1, seed: 6 })
    const found = [0, 4, 20].map(probes => joinPartitions(source, target, { features, hashes, threshold, probes }))
    const keys = found.map(({ matches }) => new Set(matches.map(pair => `${pair.source} ${pair.target}`)))
    expect(keys[0].size).toBeLessThan(keys[1].size)
    expect(keys[1].size).toBeLessThan(keys[2].size)
    expect([...keys[0]].every(key => keys[2].has(key))).toBe(true)
    expect(found.map(({ work }) => work.lookups)).toEqual([320, 1600, 6720])
  })

  it('finds at most Def. 2’s adaptivity, and it when every pair is a candidate', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), fc.double({ min: 0, max: Math.LN2, noNaN: true }), ({ source, target }, t) => {
        const features = allFeatures(source)
        const exact = adaptivity(pairwiseJensenShannon(source, target, features), target.partitions, t)
        const join = (width: number) => {
          const shape = { bands: 2, values: 1 }
          const hashes = pStableHashes({ dimensions: rootDimensions(source), shape, width, seed: 7 })
          return joinPartitions(source, target, { features, hashes, threshold: t })
        }
        expect(join(0.5).adaptivity).toBeLessThanOrEqual(exact)
        expect(join(0.5).estimatedAdaptivity).toBeGreaterThanOrEqual(join(0.5).adaptivity)
        expect(join(1e5).adaptivity).toBe(exact)
        expect(join(1e5).estimatedAdaptivity).toBe(source.partitions)
      }),
    )
  })

  it('stores the larger side, whichever it is', () => {
    const [large, small] = [20, 5].map(count => neighbourhoods(count, { features: 2, bins: 8, seed: 8 }))
    const options = optionsFor(large, 0.9)
    expect(joinPartitions(large, small, options).work.stored).toBe(20)
    expect(joinPartitions(small, large, options).work.stored).toBe(20)
  })

  it('gives the same for kept projections of the shared features', () => {
    const source = neighbourhoods(50, { features: 6, bins: 16, seed: 1 })
    const target = neighbourhoods(50, { features: 6, bins: 16, seed: 2 })
    const features = Uint32Array.of(0, 2, 5)
    const options = { ...optionsFor(source, 0.9), features }
    const kept = {
      source: featureProjections(options.hashes, source),
      target: featureProjections(options.hashes, target),
    }
    const summed = joinPartitions(source, target, {
      ...options,
      placesOf: (side, partition) => summedPlaces(options.hashes, kept[side], { partition, features, side }),
    })
    const direct = joinPartitions(source, target, options)
    expect(summed.matches).toEqual(direct.matches)
  })

  it('refuses hashes of other dimensions, and a negative threshold', () => {
    const block = blockOf([[[1, 0]]])
    const options = optionsFor(block, 0.9)
    expect(caughtCode(() => joinPartitions(block, block, { ...options, threshold: -1 }))).toBe('OUT_OF_RANGE')
    const hashes = pStableHashes({ ...options.hashes, dimensions: 9 })
    expect(caughtCode(() => joinPartitions(block, block, { ...options, hashes }))).toBe('SHAPE')
  })
})
