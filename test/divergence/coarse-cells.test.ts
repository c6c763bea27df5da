import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coarseCells } from '../../src/divergence/index.ts'
import { allFeatures, arbitraryBlocks, blockOf } from '../arbitrary-partition-block.ts'

const one = Uint32Array.of(0)

describe('coarseCells', () => {
  it('joins the nearest cells first, by their rows, worked by hand', () => {
    const cells = { ...blockOf([[[0.5, 0.5, 0]], [[0, 0, 1]], [[0.25, 0.75, 0]]]), rows: Float64Array.of(30, 20, 10) }
    const [whole, pair, all] = coarseCells(cells, one)
    expect(all).toBe(cells)
    expect(Array.from(pair.rows)).toEqual([20, 40])
    expect(Array.from(pair.values)).toEqual([0, 0, 1, 0.4375, 0.5625, 0])
    expect(Array.from(whole.rows)).toEqual([60])
    expect(Array.from(whole.values)).toEqual([(0.4375 * 2) / 3, 0.375, 1 / 3].map(Math.fround))
  })

  it('looks at the features asked for alone', () => {
    const cells = blockOf([
      [
        [1, 0],
        [1, 0],
      ],
      [
        [0, 1],
        [1, 0],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    ])
    expect(Array.from(coarseCells(cells, Uint32Array.of(0))[1].values.subarray(4))).toEqual([1, 0, 0.5, 0.5])
    expect(Array.from(coarseCells(cells, Uint32Array.of(1))[1].values.subarray(4))).toEqual([0.5, 0.5, 1, 0])
  })

  it('would rather join two small cells than a large one', () => {
    const cells = { ...blockOf([[[0.5, 0.5]], [[0.75, 0.25]], [[0.25, 0.75]]]), rows: Float64Array.of(1000, 10, 10) }
    expect(Array.from(coarseCells(cells, one)[1].rows)).toEqual([10, 1010])
    const even = { ...cells, rows: Float64Array.of(1000, 1, 1000) }
    expect(Array.from(coarseCells(even, one)[1].rows)).toEqual([1000, 1001])
  })

  it('keeps all rows and all mass at every step', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), ({ source }) => {
        const sum = (values: Iterable<number>) => Array.from(values).reduce((a, b) => a + b, 0)
        const steps = coarseCells(source, allFeatures(source))
        expect(steps.map(step => step.partitions)).toEqual(steps.map((_, i) => i + 1))
        const width = source.values.length / source.partitions
        for (const { rows, values } of steps) {
          expect(sum(rows)).toBeCloseTo(sum(source.rows), 9)
          const mass = (bin: number, block: Float32Array, weights: Float64Array) =>
            sum(weights.map((m, p) => m * block[p * width + bin])) / sum(weights)
          for (let bin = 0; bin < width; bin++) {
            expect(mass(bin, values, rows)).toBeCloseTo(mass(bin, source.values, source.rows), 5)
          }
        }
      }),
    )
  })
})
