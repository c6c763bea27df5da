import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sizeCorrected, softCoverage, pairwiseJensenShannon, type PartitionBlock } from '../../src/divergence/index.ts'
import { allFeatures, arbitraryBlocks, blockOf } from '../arbitrary-partition-block.ts'

const features = { shared: Uint32Array.of(0), rowCounted: Uint32Array.of(0) }
const many = 1e9
const dataset = (whole: number[], cells: number[][], rows = many) => ({
  whole: blockOf([[whole]], rows),
  clustered: blockOf(
    cells.map(cell => [cell]),
    rows,
  ),
})

describe('sizeCorrected', () => {
  it('gives a source 1 that is the target, cut into one cell', () => {
    const target = dataset(
      [0.5, 0.5],
      [
        [1, 0],
        [0, 1],
      ],
    )
    const source = dataset([0.5, 0.5], [[0.5, 0.5]])
    const { softCoverage: soft, wholeJs } = sizeCorrected(target, features)(source)
    expect(soft).toBeCloseTo(1, 6)
    expect(wholeJs).toBeCloseTo(0, 6)
  })

  it('gives a source 0 that shares no bin', () => {
    const target = dataset([1, 0, 0], [[1, 0, 0]])
    const { softCoverage: soft, wholeJs } = sizeCorrected(target, features)(dataset([0, 0, 1], [[0, 0, 1]]))
    expect(soft).toBeCloseTo(0, 6)
    expect(wholeJs).toBeCloseTo(Math.LN2, 6)
  })

  it('changes nothing where no bins count rows and the source has as many cells as the target', () => {
    const noRows = (block: PartitionBlock) => ({ shared: allFeatures(block), rowCounted: new Uint32Array(0) })
    fc.assert(
      fc.property(arbitraryBlocks(), ({ source, target }) => {
        fc.pre(source.partitions >= target.partitions)
        const whole = (block: PartitionBlock) => ({
          ...block,
          partitions: 1,
          rows: block.rows.slice(0, 1),
          values: block.values.slice(0, block.values.length / block.partitions),
        })
        const compare = sizeCorrected({ whole: whole(target), clustered: target }, noRows(target))
        const { softCoverage: soft, wholeJs } = compare({ whole: whole(source), clustered: source })
        const pairs = pairwiseJensenShannon(source, target, allFeatures(target))
        expect(soft).toBeCloseTo(softCoverage(pairs, target.rows), 12)
        expect(wholeJs).toBeCloseTo(pairs[0], 12)
      }),
    )
  })

  it('stays within its ranges', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), fc.integer({ min: 1, max: 1000 }), ({ source, target }, rows) => {
        const all = { shared: allFeatures(target), rowCounted: allFeatures(target) }
        const sized = (block: PartitionBlock) => ({ ...block, rows: block.rows.map(() => rows) })
        const { softCoverage: soft, wholeJs } = sizeCorrected(
          { whole: sized(target), clustered: sized(target) },
          all,
        )({
          whole: sized(source),
          clustered: sized(source),
        })
        expect(soft >= 0 && soft <= 1 && wholeJs >= 0 && wholeJs <= Math.LN2).toBe(true)
      }),
    )
  })
})
