import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binGrid, binsOfValues } from '../../src/sketch/bin-grid.ts'
import { binLookup, lookUpBin, type NumericBins } from '../../src/sketch/feature-bins.ts'

const numeric = (edges: readonly number[], atoms: readonly number[] = []): NumericBins => ({
  kind: 'numeric',
  edges: Float64Array.from(edges),
  atoms: Float64Array.from(atoms),
})

describe('binsOfValues', () => {
  it('finds intervals, an atom, what lies outside and what is missing', () => {
    const grid = binGrid(binLookup(numeric([0, 1, 4], [3])))
    const values = Float64Array.of(-9, 0.5, 1, 2.9, 3, 3.1, 99, NaN, Infinity)
    expect([...binsOfValues(grid, values, 3)]).toEqual([0, 0, 1, 1, 2, 1, 1, 3, 3])
  })

  it('has one bin where there is no border', () => {
    const grid = binGrid(binLookup(numeric([0, 1])))
    expect([...binsOfValues(grid, Float64Array.of(-1e308, 0, 1e308, NaN), 1)]).toEqual([0, 0, 0, 1])
  })

  it('finds the bin that a search of all borders finds, however far apart or close together they lie', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    const distinct = (least: number) =>
      fc.uniqueArray(finite, { minLength: least, maxLength: 40, comparator: 'SameValueZero' })
    fc.assert(
      fc.property(distinct(2), distinct(0), fc.array(finite), (edges, atoms, others) => {
        const sorted = (values: readonly number[]) => [...values].map(value => value + 0).sort((a, b) => a - b)
        const lookup = binLookup(numeric(sorted(edges), sorted(atoms)))
        const values = Float64Array.of(...edges, ...atoms, ...others)
        const expected = Array.from(values, value => lookUpBin(lookup, value))
        expect([...binsOfValues(binGrid(lookup), values, 99)]).toEqual(expected)
      }),
    )
  })
})
