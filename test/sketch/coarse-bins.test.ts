import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coarsenBins } from '../../src/sketch/coarse-bins.ts'
import { binCount, binLookup, lookUpBin, type NumericBins } from '../../src/sketch/feature-bins.ts'
import { arbitraryNominal, arbitraryNumeric, total } from './arbitrary-bins.ts'

describe('coarsenBins', () => {
  it('merges the lightest neighbours, the leftmost first', () => {
    const bins = { kind: 'numeric' as const, edges: Float64Array.of(0, 1, 2, 3, 4), atoms: new Float64Array(0) }
    const { bins: coarse, coarseOf } = coarsenBins(bins, Uint32Array.of(5, 5, 5, 5, 2), 2)
    expect(Array.from((coarse as NumericBins).edges)).toEqual([0, 2, 4])
    expect(Array.from(coarseOf)).toEqual([0, 0, 1, 1, 2])
  })

  it('keeps a heavy atom and puts a light one where it lies', () => {
    const bins = { kind: 'numeric' as const, edges: Float64Array.of(0, 2, 4), atoms: Float64Array.of(1, 3) }
    const { bins: coarse, coarseOf } = coarsenBins(bins, Uint32Array.of(10, 10, 4, 60, 0), 3)
    expect(coarse).toEqual({ kind: 'numeric', edges: Float64Array.of(0, 2, 4), atoms: Float64Array.of(3) })
    expect(Array.from(coarseOf)).toEqual([0, 1, 0, 2, 3])
  })

  it('keeps the most frequent hashes', () => {
    const bins = { kind: 'nominal' as const, hashes: Uint32Array.of(9, 4, 7) }
    const { bins: coarse, coarseOf } = coarsenBins(bins, Uint32Array.of(5, 4, 3, 2, 1), 2)
    expect(coarse).toEqual({ kind: 'nominal', hashes: Uint32Array.of(9, 4) })
    expect(Array.from(coarseOf)).toEqual([0, 1, 2, 2, 3])
  })

  it('is a true merge: every fine bin lies within its coarse one, and no mass is lost', () => {
    fc.assert(
      fc.property(arbitraryNumeric(), fc.integer({ min: 1, max: 32 }), ({ bins, counts }, most) => {
        const { bins: coarse, coarseOf } = coarsenBins(bins, counts, most)
        const { edges, atoms } = coarse as NumericBins
        expect(edges.length - 1 + atoms.length).toBeLessThanOrEqual(most)
        expect(edges.every(edge => bins.edges.includes(edge)) && atoms.every(atom => bins.atoms.includes(atom))).toBe(
          true,
        )
        expect([edges[0], edges[edges.length - 1]]).toEqual([bins.edges[0], bins.edges[bins.edges.length - 1]])
        const merged = new Uint32Array(binCount(coarse))
        counts.forEach((n, bin) => (merged[coarseOf[bin]] += n))
        expect(total(merged)).toBe(total(counts))
        expect(merged[merged.length - 1]).toBe(counts[counts.length - 1])
      }),
    )
  })

  it('counts the same as counting the values in the coarse bins', () => {
    fc.assert(
      fc.property(
        arbitraryNumeric(),
        fc.integer({ min: 1, max: 32 }),
        fc.double({ min: -120, max: 120, noNaN: true }),
        ({ bins, counts }, most, value) => {
          const { bins: coarse, coarseOf } = coarsenBins(bins, counts, most)
          for (const x of [value, ...bins.edges, ...bins.atoms]) {
            expect(coarseOf[lookUpBin(binLookup(bins), x)]).toBe(lookUpBin(binLookup(coarse as NumericBins), x))
          }
        },
      ),
    )
  })

  it('keeps the mass of hashes', () => {
    fc.assert(
      fc.property(arbitraryNominal(), fc.nat(20), ({ bins, counts }, most) => {
        const { bins: coarse, coarseOf } = coarsenBins(bins, counts, most)
        expect(binCount(coarse)).toBe(Math.min(bins.hashes.length, most) + 2)
        expect(coarseOf).toHaveLength(counts.length)
        expect(Math.max(...coarseOf)).toBe(binCount(coarse) - 1)
      }),
    )
  })
})
