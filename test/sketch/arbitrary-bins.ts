import fc from 'fast-check'
import { equiDepthBins } from '../../src/sketch/equi-depth.ts'
import { binCount, binLookup, lookUpBin, type NominalBins, type NumericBins } from '../../src/sketch/feature-bins.ts'
import type { BinnedCounts } from '../../src/sketch/rebin.ts'

/** Counts of finite values in numeric bins. */
export function countsOf(bins: NumericBins, values: Iterable<number>): Uint32Array {
  const counts = new Uint32Array(binCount(bins))
  const lookup = binLookup(bins)
  for (const value of values) counts[lookUpBin(lookup, value)]++
  return counts
}

/** Finite values in ascending order: spread ones, small integers with many ties, and doubles of any size. */
export function arbitraryValues(minLength = 0): fc.Arbitrary<Float64Array> {
  const value = fc.oneof(
    { weight: 4, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
    { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
    { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  )
  return fc.array(value, { minLength, maxLength: 400, size: 'max' }).map(values => Float64Array.from(values).sort())
}

/** Bins of some values, with their counts and some missing ones. */
export function arbitraryNumeric(): fc.Arbitrary<BinnedCounts & { bins: NumericBins; counts: Uint32Array }> {
  return fc
    .record({ values: arbitraryValues(1), most: fc.integer({ min: 1, max: 64 }), missing: fc.nat(20) })
    .map(({ values, most, missing }) => {
      const bins = equiDepthBins(values, most)
      const counts = countsOf(bins, values)
      counts[counts.length - 1] = missing
      return { bins, counts }
    })
}

/** Bins of hashes from a small range, so that two of them share some, with counts. */
export function arbitraryNominal(): fc.Arbitrary<BinnedCounts & { bins: NominalBins; counts: Uint32Array }> {
  return fc
    .record({
      hashes: fc.uniqueArray(fc.nat(30), { maxLength: 20 }),
      counts: fc.array(fc.nat(50), { minLength: 22, maxLength: 22 }),
    })
    .map(({ hashes, counts }) => ({
      bins: { kind: 'nominal', hashes: Uint32Array.from(hashes) },
      counts: Uint32Array.from([...counts.slice(0, hashes.length + 1), 1]),
    }))
}

/** The sum of a histogram. */
export function total(counts: ArrayLike<number>): number {
  return Array.from(counts).reduce((sum, n) => sum + n, 0)
}
