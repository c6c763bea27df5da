import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jensenShannonFloor, samplingFloors } from '../../src/divergence/index.ts'
import { allFeatures, arbitraryBlocks, blockOf } from '../arbitrary-partition-block.ts'
import { caughtCode } from '../caught-code.ts'

describe('samplingFloors', () => {
  it('counts bins by what they expect, worked by hand', () => {
    // K = 4 · ½/(1 + 4 · ½) · 2 = 4/3 for the even feature, 4/5 for the feature of one bin: (1/3 + 0) / (8 · 4 · 2)
    const block = blockOf([[[0.5, 0.5], [1]]], 4)
    expect(samplingFloors(block, Uint32Array.of(0, 1))[0]).toBeCloseTo(1 / 3 / 64, 15)
  })

  it('spreads over all shared features what only some of them add', () => {
    const block = blockOf(
      [
        [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
      ],
      4,
    )
    const both = samplingFloors(block, Uint32Array.of(0, 1))[0]
    expect(samplingFloors(block, Uint32Array.of(1), 2)[0]).toBeCloseTo(both / 2, 15)
    expect(samplingFloors(block, new Uint32Array(0), 2)[0]).toBe(0)
  })

  it('comes to one side of the known floor when every bin expects many rows', () => {
    const bins = new Array<number>(32).fill(1 / 32)
    const floor = samplingFloors(blockOf([[bins]], 1e6), Uint32Array.of(0))[0]
    const known = jensenShannonFloor({ bins: 32, sourceRows: 1e6, targetRows: Infinity })
    expect(floor / known).toBeCloseTo(1, 3)
  })

  it('lies in [0, 1/8]', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), fc.integer({ min: 1, max: 1e6 }), ({ source }, rows) => {
        const block = { ...source, rows: source.rows.map(() => rows) }
        for (const floor of samplingFloors(block, allFeatures(block))) {
          expect(floor).toBeGreaterThanOrEqual(0)
          expect(floor).toBeLessThanOrEqual(1 / 8)
        }
      }),
    )
  })

  it('refuses fewer shared features than there are', () => {
    const block = blockOf([[[1]]])
    expect(caughtCode(() => samplingFloors(block, Uint32Array.of(0), 0))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => samplingFloors(block, new Uint32Array(0)))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => samplingFloors({ ...block, partitions: 2 }, Uint32Array.of(0)))).toBe('SHAPE')
  })
})
