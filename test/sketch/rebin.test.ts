import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NumericBins } from '../../src/sketch/feature-bins.ts'
import { rebin } from '../../src/sketch/rebin.ts'
import { arbitraryNominal, arbitraryNumeric, total } from './arbitrary-bins.ts'

const numeric = (edges: number[], atoms: number[] = []): NumericBins => ({
  kind: 'numeric',
  edges: Float64Array.from(edges),
  atoms: Float64Array.from(atoms),
})

describe('rebin', () => {
  it('spreads an interval evenly, and what lies outside over the outer intervals', () => {
    const source = { bins: numeric([0, 4, 8]), counts: [8, 2, 0] }
    expect(Array.from(rebin(source, numeric([1, 2, 5, 6])))).toEqual([0.4, 0.45, 0.15, 0])
  })

  it('takes an atom to the equal atom, or else into the interval it lies in', () => {
    const source = { bins: numeric([0, 1], [2, 3]), counts: [0, 5, 3, 2] }
    expect(Array.from(rebin(source, numeric([0, 2.5, 4], [2])))).toEqual([0, 0.3, 0.5, 0.2])
  })

  it('takes hashes to equal hashes, the rest to other', () => {
    const source = { bins: { kind: 'nominal' as const, hashes: Uint32Array.of(1, 2) }, counts: [5, 3, 1, 1] }
    const reference = { kind: 'nominal' as const, hashes: Uint32Array.of(2, 9) }
    expect(Array.from(rebin(source, reference))).toEqual([0.3, 0, 0.6, 0.1])
  })

  it('is all 0 when nothing was counted', () => {
    expect(Array.from(rebin({ bins: numeric([0, 1]), counts: [0, 0] }, numeric([0, 1, 2])))).toEqual([0, 0, 0])
  })

  it('stands an interval one subnormal number wide, and one wider than a double', () => {
    expect(Array.from(rebin({ bins: numeric([0, 5e-324]), counts: [7, 0] }, numeric([-1, 0, 1])))).toEqual([0, 1, 0])
    const wide = { bins: numeric([-1.5e308, 1.5e308]), counts: [4, 0] }
    expect(Array.from(rebin(wide, numeric([-1.5e308, 0, 1.5e308])))).toEqual([0.5, 0.5, 0])
  })

  it('keeps the mass, and missing stays missing', () => {
    fc.assert(
      fc.property(arbitraryNumeric(), arbitraryNumeric(), (source, { bins: reference }) => {
        const shares = rebin(source, reference)
        expect(total(shares)).toBeCloseTo(1, 12)
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0)
        expect(shares[shares.length - 1]).toBeCloseTo(
          source.counts[source.counts.length - 1] / total(source.counts),
          12,
        )
      }),
    )
    fc.assert(
      fc.property(arbitraryNominal(), arbitraryNominal(), (source, { bins: reference }) => {
        const shares = rebin(source, reference)
        expect(total(shares)).toBeCloseTo(1, 12)
        expect(shares[shares.length - 1]).toBeCloseTo(1 / total(source.counts), 12)
      }),
    )
  })

  it('changes nothing on the way to the own bins', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryNumeric(), arbitraryNominal()), source => {
        const all = total(source.counts)
        rebin(source, source.bins).forEach((share, bin) => expect(share).toBeCloseTo(source.counts[bin] / all, 12))
      }),
    )
  })
})
