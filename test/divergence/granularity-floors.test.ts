import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { granularityFloors, jensenShannon, pairwiseJensenShannon } from '../../src/divergence/index.ts'
import { allFeatures, arbitraryBlocks, blockOf } from '../arbitrary-partition-block.ts'

const one = Uint32Array.of(0)

describe('granularityFloors', () => {
  it('joins the nearest cells first, worked by hand', () => {
    const [p, q, r] = [
      [0.5, 0.5, 0],
      [0.25, 0.75, 0],
      [0, 0, 1],
    ]
    const floors = granularityFloors(blockOf([[p], [q], [r]]), one, new Float64Array(3))
    const pq = [0.375, 0.625, 0]
    expect(floors[2]).toBe(0)
    expect(floors[1]).toBeCloseTo((jensenShannon(p, pq) + jensenShannon(q, pq)) / 3, 6)
    const all = [0.25, 1.25 / 3, 1 / 3]
    const distance = jensenShannon(p, all) + jensenShannon(q, all) + jensenShannon(r, all)
    expect(floors[0]).toBeCloseTo(distance / 3, 6)
  })

  it('weighs cells by their rows', () => {
    const block = { ...blockOf([[[1, 0]], [[0, 1]]]), rows: Float64Array.of(30, 10) }
    const all = [0.75, 0.25]
    const expected = 0.75 * jensenShannon([1, 0], all) + 0.25 * jensenShannon([0, 1], all)
    expect(granularityFloors(block, one, new Float64Array(2))[0]).toBeCloseTo(expected, 6)
  })

  it('takes away what sampling adds, the less the more of its group a cell is', () => {
    const block = { ...blockOf([[[1, 0]], [[0.5, 0.5]]]), rows: Float64Array.of(30, 10) }
    const all = [0.875, 0.125]
    const expected =
      0.75 * (jensenShannon([1, 0], all) - 0.01 / 4) + 0.25 * (jensenShannon([0.5, 0.5], all) - (0.02 * 3) / 4)
    expect(granularityFloors(block, one, Float64Array.of(0.01, 0.02))[0]).toBeCloseTo(expected, 6)
  })

  it('is 0 for one cell and for equal ones', () => {
    expect(Array.from(granularityFloors(blockOf([[[0.5, 0.5]]]), one, new Float64Array(1)))).toEqual([0])
    const equal = blockOf([[[0.5, 0.5]], [[0.5, 0.5]], [[0.5, 0.5]]])
    for (const floor of granularityFloors(equal, one, new Float64Array(3))) expect(floor).toBeCloseTo(0, 9)
  })

  it('ends at 0 and stays below the mean distance of all cells from the whole', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), ({ source }) => {
        const features = allFeatures(source)
        const floors = granularityFloors(source, features, new Float64Array(source.partitions))
        expect(floors[floors.length - 1]).toBe(0)
        for (const floor of floors) {
          expect(floor).toBeGreaterThanOrEqual(0)
          expect(floor).toBeLessThanOrEqual(Math.LN2)
        }
        expect(Math.max(...pairwiseJensenShannon(source, source, features))).toBeGreaterThanOrEqual(floors[0] - 1e-6)
      }),
    )
  })
})
