import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { pairwiseJensenShannon, type PartitionBlock } from '../../src/divergence/index.ts'
import { nearestJensenShannon } from '../../src/divergence/nearest-jensen-shannon.ts'
import { nearestDivergences } from '../../src/divergence/pairwise-matrix.ts'
import { allFeatures, arbitraryBlocks, blockOf } from '../arbitrary-partition-block.ts'

function expectThatOfAllPairs(source: PartitionBlock, target: PartitionBlock, features: Uint32Array): void {
  const all = nearestDivergences(pairwiseJensenShannon(source, target, features), target.partitions)
  expect([...nearestJensenShannon(target, features)(source)]).toEqual([...all])
}

/** Many bins, few of them occupied, as cells of few rows are; some partitions appear on both sides. */
const manyCells = fc
  .record({
    source: fc.integer({ min: 1, max: 9 }),
    target: fc.integer({ min: 1, max: 9 }),
    bins: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 9 }),
    rows: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 400, maxLength: 400 }),
    both: fc.boolean(),
  })
  .map(({ source, target, bins, rows, both }) => {
    let drawn = 0
    const histogram = (width: number): number[] => {
      const counts = new Array<number>(width).fill(0)
      for (let row = 0; row < 5; row++) counts[rows[drawn++ % rows.length] % width]++
      return counts.map(count => count / 5)
    }
    const cell = () => bins.map(histogram)
    const targetCells = Array.from({ length: target }, cell)
    const sourceCells = Array.from({ length: source }, cell)
    return { source: blockOf(both ? [...sourceCells, targetCells[0]] : sourceCells), target: blockOf(targetCells) }
  })

describe('nearestJensenShannon', () => {
  it('of two cells by hand', () => {
    const target = blockOf([[[1, 0]], [[0, 1]]])
    const [near, far] = nearestJensenShannon(target, Uint32Array.of(0))(blockOf([[[0.5, 0.5]], [[1, 0]]]))
    expect(near).toBeCloseTo(0, 12)
    // ½ (KL(½, ½ ‖ ¼, ¾) + KL(0, 1 ‖ ¼, ¾)) = ½ (½ ln 2 + ½ ln ⅔ + ln 4/3)
    expect(far).toBeCloseTo(0.5 * (0.5 * Math.log(2) + 0.5 * Math.log(2 / 3) + Math.log(4 / 3)), 6)
  })

  it('finds what all pairs give, bit for bit', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryBlocks(), manyCells), fc.boolean(), ({ source, target }, some) => {
        const all = allFeatures(target)
        expectThatOfAllPairs(source, target, some ? all.filter(f => f % 2 === 0).reverse() : all)
      }),
      { numRuns: 300 },
    )
  })

  it('finds it without WebAssembly too', async () => {
    vi.stubGlobal('WebAssembly', undefined)
    vi.resetModules()
    const plain = await import('../../src/divergence/nearest-jensen-shannon.ts')
    vi.unstubAllGlobals()
    fc.assert(
      fc.property(manyCells, ({ source, target }) => {
        const all = nearestDivergences(pairwiseJensenShannon(source, target, allFeatures(target)), target.partitions)
        expect([...plain.nearestJensenShannon(target, allFeatures(target))(source)]).toEqual([...all])
      }),
    )
  })

  it('of cells that are alike, that share no bin, or lack a feature', () => {
    const alike = blockOf([[[0.25, 0.75]], [[0.25, 0.75]], [[0.25, 0.75]]])
    const apart = blockOf([[[1, 0, 0]], [[0, 1, 0]]])
    const lacking = blockOf([
      [
        [0, 0],
        [1, 0],
      ],
      [
        [0.5, 0.5],
        [0, 0],
      ],
    ])
    expectThatOfAllPairs(alike, alike, Uint32Array.of(0))
    expectThatOfAllPairs(apart, blockOf([[[0, 0, 1]]]), Uint32Array.of(0))
    expectThatOfAllPairs(lacking, lacking, Uint32Array.of(0, 1))
    expectThatOfAllPairs(lacking, lacking, new Uint32Array(0))
  })

  it('passes over a source partition that is no number', () => {
    const source = blockOf([[[NaN, 1]], [[0.5, 0.5]], [[NaN, NaN]]])
    expectThatOfAllPairs(source, blockOf([[[0.25, 0.75]]]), Uint32Array.of(0))
    expect([...nearestJensenShannon(blockOf([[[1, 0]]]), Uint32Array.of(0))(blockOf([[[NaN, 1]]]))]).toEqual([Math.LN2])
  })

  it('is ln 2 where the source has no partition', () => {
    const none = { ...blockOf([[[1, 0]]]), partitions: 0, values: new Float32Array(0), rows: new Float64Array(0) }
    expect([...nearestJensenShannon(blockOf([[[1, 0]]]), Uint32Array.of(0))(none)]).toEqual([Math.LN2])
  })

  it('refuses other bins', () => {
    const find = nearestJensenShannon(blockOf([[[1, 0]]]), Uint32Array.of(0))
    expect(() => find(blockOf([[[1, 0, 0]]]))).toThrow(expect.objectContaining({ code: 'SHAPE' }))
  })
})
