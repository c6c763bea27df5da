import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equiDepthBins } from '../../src/sketch/equi-depth.ts'
import { binCount, binLookup, lookUpBin } from '../../src/sketch/feature-bins.ts'
import { arbitraryValues, countsOf } from './arbitrary-bins.ts'

const sortedRange = (n: number) => Float64Array.from({ length: n }, (_, i) => i)

describe('equiDepthBins', () => {
  it('cuts 0 … 999 into four, the outer edges five values in from either end', () => {
    const bins = equiDepthBins(sortedRange(1000), 4)
    expect(Array.from(bins.edges)).toEqual([5, 250, 500, 750, 994])
    expect(Array.from(countsOf(bins, sortedRange(1000)))).toEqual([250, 250, 250, 250, 0])
  })

  it('makes a value with more than one bin’s mass a bin of its own', () => {
    const values = Float64Array.from({ length: 400 }, (_, i) => (i < 150 ? 0 : i)).sort()
    const bins = equiDepthBins(values, 4)
    expect(Array.from(bins.atoms)).toEqual([0])
    expect(Array.from(bins.edges)).toEqual([152, 233, 316, 397])
    expect(Array.from(countsOf(bins, values))).toEqual([83, 83, 84, 150, 0])
  })

  it('rounds edges down to 7 digits', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => 123.45678949 + i * 1e-9)
    expect(equiDepthBins(values, 1).edges[0]).toBe(123.4567)
    expect(equiDepthBins(values.map(value => -value).sort(), 1).edges[0]).toBeLessThan(-123.456789)
  })

  it.each([
    ['no values', [], [0, 1], []],
    ['one value', [7], [7, 7.000000000000001], []],
    ['two values', [1, 9], [1, 9], []],
    ['three values: the one in the middle', [1, 5, 9], [5, 5.000000000000001], []],
    ['100 equal values', new Array<number>(100).fill(3), [0, 1], [3]],
  ])('%s', (_, values, edges, atoms) => {
    const bins = equiDepthBins(Float64Array.from(values), 64)
    expect([Array.from(bins.edges), Array.from(bins.atoms)]).toEqual([edges, atoms])
  })

  it('gives no value away that few rows have: a sparse feature has an interval for 10 values', () => {
    const sparse = Float64Array.from({ length: 1000 }, (_, i) => (i < 975 ? 0 : i)).sort()
    const bins = equiDepthBins(sparse, 64)
    expect(Array.from(bins.atoms)).toEqual([0])
    expect(bins.edges).toHaveLength(3)
    expect(equiDepthBins(sparse.subarray(975), 64).edges).toHaveLength(3)
  })

  it('keeps its promises whatever the values', () => {
    fc.assert(
      fc.property(arbitraryValues(), fc.integer({ min: 1, max: 64 }), (values, most) => {
        const { edges, atoms } = equiDepthBins(values, most)
        expect(edges.length - 1 + atoms.length).toBeLessThanOrEqual(Math.max(1, Math.min(most, values.length / 10)))
        expect(edges.length).toBeGreaterThanOrEqual(2)
        for (let k = 1; k < edges.length; k++) expect(edges[k]).toBeGreaterThan(edges[k - 1])
        for (let k = 1; k < atoms.length; k++) expect(atoms[k]).toBeGreaterThan(atoms[k - 1])
        for (const atom of atoms) expect(values.filter(value => value === atom).length).toBeGreaterThan(10)
      }),
    )
  })

  it('publishes no edge nearer to the extremes than the 0.5 % quantiles', () => {
    fc.assert(
      fc.property(arbitraryValues(3), fc.integer({ min: 1, max: 64 }), (values, most) => {
        const { edges, atoms } = equiDepthBins(values, most)
        const rest = values.filter(value => !atoms.includes(value))
        fc.pre(rest.length > 2)
        const least = rest[Math.ceil(0.005 * (rest.length - 1))]
        const greatest = rest[Math.floor(0.995 * (rest.length - 1))]
        const digits = 1e-6 * Math.max(Math.abs(least), Math.abs(greatest)) + Number.MIN_VALUE
        expect(edges[0]).toBeGreaterThanOrEqual(least - digits)
        expect(edges[edges.length - 1]).toBeLessThanOrEqual(greatest + digits)
      }),
    )
  })

  it('counts every value in one bin, each atom in its own', () => {
    fc.assert(
      fc.property(arbitraryValues(1), fc.integer({ min: 1, max: 64 }), (values, most) => {
        const bins = equiDepthBins(values, most)
        const counts = countsOf(bins, values)
        expect(counts.reduce((a, b) => a + b)).toBe(values.length)
        bins.atoms.forEach((atom, i) => {
          expect(counts[bins.edges.length - 1 + i]).toBe(values.filter(value => value === atom).length)
        })
        expect(lookUpBin(binLookup(bins), values[0])).toBeLessThan(binCount(bins) - 1)
      }),
    )
  })
})
