import fc from 'fast-check'

/** Histograms of that many bins, about a third of them empty, with masses over twelve orders of magnitude. */
export function arbitraryHistogram(bins: number): fc.Arbitrary<number[]> {
  const mass = fc.oneof(
    fc.constant(0),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: -12, max: 0 }).map(exponent => 10 ** exponent),
  )
  return fc.array(mass, { minLength: bins, maxLength: bins }).map(masses => {
    const total = masses.reduce((sum, value) => sum + value, 0)
    return total > 1e-13 ? masses.map(value => value / total) : masses.map((_, b) => (b === 0 ? 1 : 0))
  })
}

/** Some histograms over the same bins, of which there are 1 to 40. */
export function arbitraryHistograms(count: number): fc.Arbitrary<number[][]> {
  return fc
    .integer({ min: 1, max: 40 })
    .chain(bins => fc.array(arbitraryHistogram(bins), { minLength: count, maxLength: count }))
}
