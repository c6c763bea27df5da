import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boostedTrees, treePulls } from '../../src/decision/boosted-trees.ts'
import { golden } from '../golden-file.ts'

const { tree: peer } = golden<{
  tree: { depth: number; leafRows: number; rows: number[][]; values: number[]; predictions: number[] }
}>('ridge-and-tree.json')

function columnsOf(rows: readonly (readonly number[])[]): Float64Array[] {
  return rows[0].map((_, c) => Float64Array.from(rows, row => row[c]))
}

function predict(model: ReturnType<typeof boostedTrees>, row: readonly number[]): number {
  return treePulls(model, Float64Array.from(row)).reduce((sum, pull) => sum + pull, model.base)
}

describe('boosted trees', () => {
  it('tell two groups apart with one split', () => {
    const options = { trees: 1, depth: 1, leafRows: 1, rate: 1 }
    const model = boostedTrees([Float64Array.of(1, 2, 8, 9)], Float64Array.of(0, 0, 1, 1), options)
    expect([1, 2, 8, 9].map(value => predict(model, [value]))).toEqual([0, 0, 1, 1])
  })

  it('are scikit-learn’s regression tree when there is one, on few distinct values', () => {
    const { depth, leafRows, rows, values, predictions } = peer
    const options = { trees: 1, depth, leafRows, rate: 1 }
    const model = boostedTrees(columnsOf(rows), Float64Array.from(values), options)
    rows.forEach((row, r) => expect(predict(model, row)).toBeCloseTo(predictions[r], 9))
  })

  it('come no further from the training values with more trees', () => {
    const arbitrary = fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(NaN, 0, 1)), {
      minLength: 8,
      maxLength: 40,
    })
    fc.assert(
      fc.property(arbitrary, rows => {
        const values = Float64Array.from(rows, ([x]) => Math.sin(5 * x))
        const error = (trees: number) => {
          const model = boostedTrees(columnsOf(rows), values, { trees, depth: 2, leafRows: 2, rate: 0.5 })
          return rows.reduce((sum, row, r) => sum + (predict(model, row) - values[r]) ** 2, 0)
        }
        expect(error(6)).toBeLessThanOrEqual(error(3) + 1e-9)
      }),
    )
  })
})
