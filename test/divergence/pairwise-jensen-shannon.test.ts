import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jensenShannon, pairwiseJensenShannon, perFeatureJensenShannon } from '../../src/divergence/index.ts'
import { allFeatures, arbitraryBlocks, blockOf, blockOfRows } from '../arbitrary-partition-block.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/joint-jensen-shannon.json' with { type: 'json' }

const STATED_ERROR = 1e-6
const ONE = Uint32Array.of(0)

describe('pairwiseJensenShannon', () => {
  it('is worked by hand for 2 × 2 partitions of one feature, row by row', () => {
    const source = blockOf([[[1, 0]], [[0.5, 0.5]]])
    const target = blockOf([[[0, 1]], [[1, 0]]])
    const half = 0.75 * Math.log(4 / 3)
    const expected = [Math.LN2, 0, half, half]
    pairwiseJensenShannon(source, target, ONE).forEach((js, pair) => {
      expect(Math.abs(js - expected[pair])).toBeLessThan(STATED_ERROR)
    })
  })

  it('averages the features, and only those listed', () => {
    const source = blockOf([
      [
        [1, 0],
        [1, 0],
        [0, 1],
      ],
    ])
    const target = blockOf([
      [
        [1, 0],
        [0, 1],
        [1, 0],
      ],
    ])
    expect(pairwiseJensenShannon(source, target, Uint32Array.of(0, 1))[0]).toBeCloseTo(Math.LN2 / 2, 7)
    expect(pairwiseJensenShannon(source, target, Uint32Array.of(2, 1))[0]).toBeCloseTo(Math.LN2, 7)
    expect(pairwiseJensenShannon(source, target, Uint32Array.of(0))[0]).toBeLessThan(1e-12)
  })

  it('counts a feature that either side lacks, or both, as ln 2', () => {
    const source = blockOf([
      [
        [0, 0],
        [0.5, 0.5],
      ],
    ])
    const target = blockOf([
      [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
      [
        [0, 0],
        [0.5, 0.5],
      ],
    ])
    const both = Uint32Array.of(0, 1)
    for (const js of pairwiseJensenShannon(source, target, both)) expect(js).toBeCloseTo(Math.LN2 / 2, 7)
    for (const js of pairwiseJensenShannon(target, source, both)) expect(js).toBeCloseTo(Math.LN2 / 2, 7)
    for (const js of pairwiseJensenShannon(target, source, ONE)) expect(js).toBeCloseTo(Math.LN2, 7)
  })

  it('is ln 2 for every pair when no feature is shared, and empty without partitions', () => {
    const block = blockOf([[[1, 0]], [[0, 1]]])
    const none = { ...block, partitions: 0, values: new Float32Array(0), rows: new Float64Array(0) }
    expect([...pairwiseJensenShannon(block, block, new Uint32Array(0))]).toEqual(new Array(4).fill(Math.LN2))
    expect(pairwiseJensenShannon(none, block, ONE)).toHaveLength(0)
    expect(pairwiseJensenShannon(block, none, ONE)).toHaveLength(0)
  })

  it.each(golden.cases)(`is within 1e-6 of ${golden.peer} over features $features`, ({ features, js }) => {
    const [source, target] = [golden.source, golden.target].map(rows => blockOfRows(rows, golden.bins))
    const pairs = pairwiseJensenShannon(source, target, Uint32Array.from(features))
    pairs.forEach((value, k) => {
      expect(Math.abs(value - js[Math.floor(k / 3)][k % 3])).toBeLessThanOrEqual(golden.tolerance)
    })
    expect(pairs).toHaveLength(12)
  })

  it('refuses blocks that do not agree', () => {
    const block = blockOf([
      [
        [1, 0],
        [0, 1],
      ],
    ])
    const pairs = (other: object, features = ONE) =>
      caughtCode(() => pairwiseJensenShannon(block, { ...block, ...other }, features))
    expect(pairs({ values: new Float32Array(3) })).toBe('SHAPE')
    expect(pairs({ rows: new Float64Array(2) })).toBe('SHAPE')
    expect(pairs({ offsets: new Uint32Array(0) })).toBe('SHAPE')
    expect(pairs({ offsets: Uint32Array.of(0, 3, 4) })).toBe('SHAPE')
    expect(pairs({}, Uint32Array.of(2))).toBe('OUT_OF_RANGE')
  })

  it('is the mean of the per-feature divergences, within its stated error and never outside [0, ln 2]', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), ({ source, target }) => {
        const features = allFeatures(source)
        pairwiseJensenShannon(source, target, features).forEach((js, pair) => {
          const i = { block: source, partition: Math.floor(pair / target.partitions) }
          const j = { block: target, partition: pair % target.partitions }
          const exact = perFeatureJensenShannon(i, j, features).reduce((sum, value) => sum + value, 0) / features.length
          expect(Math.abs(js - exact)).toBeLessThanOrEqual(STATED_ERROR)
          expect(js).toBeGreaterThanOrEqual(0)
          expect(js).toBeLessThanOrEqual(Math.LN2)
        })
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('is the divergence of the concatenated histograms, each weighing 1/|S|', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), ({ source, target }) => {
        const features = allFeatures(source)
        const joined = (values: Float32Array): number[] => [...values].map(value => value / features.length)
        const width = source.offsets[features.length]
        const p = joined(source.values.subarray(0, width))
        const q = joined(target.values.subarray(0, width))
        const complete = (values: number[]): boolean => Math.abs(values.reduce((sum, v) => sum + v, 0) - 1) < 1e-5
        fc.pre(complete(p) && complete(q))
        const [js] = pairwiseJensenShannon(source, target, features)
        expect(Math.abs(js - jensenShannon(p, q))).toBeLessThanOrEqual(STATED_ERROR)
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('is below 1e-12 for equal partitions', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), ({ source }) => {
        const { partitions, offsets, values } = source
        const present = [...allFeatures(source)].filter(f =>
          Array.from({ length: partitions }, (_, i) => i * offsets[offsets.length - 1]).every(row =>
            values.subarray(row + offsets[f], row + offsets[f + 1]).some(value => value > 0),
          ),
        )
        fc.pre(present.length > 0)
        const pairs = pairwiseJensenShannon(source, source, Uint32Array.from(present))
        for (let i = 0; i < partitions; i++) expect(pairs[i * partitions + i]).toBeLessThan(1e-12)
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})
