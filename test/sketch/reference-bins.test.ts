import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NominalBins, NumericBins } from '../../src/sketch/feature-bins.ts'
import { rebin } from '../../src/sketch/rebin.ts'
import { REFERENCE_BINS, referenceBins } from '../../src/sketch/reference-bins.ts'
import { arbitraryNominal, arbitraryNumeric, total } from './arbitrary-bins.ts'

const founder = (edges: number[], counts: number[], atoms: number[] = []) => ({
  bins: { kind: 'numeric' as const, edges: Float64Array.from(edges), atoms: Float64Array.from(atoms) },
  counts,
})
const edgesOf = (founders: Parameters<typeof referenceBins>[0], most: number) =>
  Array.from((referenceBins(founders, most) as NumericBins).edges)

describe('referenceBins', () => {
  it('cuts the pool into equal parts, each founder weighing the same', () => {
    expect(edgesOf([founder([0, 8], [10, 0])], 4)).toEqual([0, 2, 4, 6, 8])
    // half the mass evenly over [0, 4], half evenly over [4, 6], whatever the numbers of rows
    expect(edgesOf([founder([0, 4], [1000, 0]), founder([4, 6], [10, 5])], 4)).toEqual([0, 2, 4, 5, 6])
  })

  it('makes a heavy value an atom, and spends a bin on it', () => {
    const bins = referenceBins([founder([0, 6], [60, 40, 0], [9])], 4)
    expect(bins).toEqual({ kind: 'numeric', edges: Float64Array.of(0, 2, 4, 6), atoms: Float64Array.of(9) })
  })

  it('lets a light atom weigh where it lies', () => {
    const edges = edgesOf([founder([0, 10], [90, 10, 0], [5])], 2)
    expect(edges).toEqual([0, 5, 10])
  })

  it.each([
    ['only missing values', [founder([0, 1], [0, 7])], [0, 1]],
    ['a constant of few rows', [founder([0, 5e-324], [9, 0])], [0, 1e-9]],
  ])('%s', (_, founders, edges) => {
    const found = edgesOf(founders, 4)
    expect([found[0], found[found.length - 1]]).toEqual(edges)
  })

  it('keeps the most frequent hashes of the pool by their share', () => {
    const nominal = (hashes: number[], counts: number[]) => ({
      bins: { kind: 'nominal' as const, hashes: Uint32Array.from(hashes) },
      counts,
    })
    const founders = [nominal([1, 2], [60, 40, 0, 0]), nominal([3, 2], [6, 3, 1, 0])]
    expect(Array.from((referenceBins(founders, 2) as NominalBins).hashes)).toEqual([2, 1])
  })

  it('ascends, has no more bins than asked for, and holds all mass of its founders in equal parts', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryNumeric(), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: REFERENCE_BINS }),
        (founders, most) => {
          const { edges, atoms } = referenceBins(founders, most) as NumericBins
          expect(edges.length - 1 + atoms.length).toBeLessThanOrEqual(most)
          for (let k = 1; k < edges.length; k++) expect(edges[k]).toBeGreaterThan(edges[k - 1])
          for (let k = 1; k < atoms.length; k++) expect(atoms[k]).toBeGreaterThan(atoms[k - 1])
          for (const source of founders)
            expect(total(rebin(source, { kind: 'numeric', edges, atoms }))).toBeCloseTo(1, 9)
        },
      ),
    )
  })

  it('gives one founder without atoms bins of equal mass', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 2, max: 48 }),
        (masses, most) => {
          const source = founder(
            Array.from({ length: masses.length + 1 }, (_, k) => k * k),
            [...masses, 0],
          )
          const shares = rebin(source, referenceBins([source], most))
          shares.subarray(0, -1).forEach(share => expect(share).toBeCloseTo(1 / most, 9))
        },
      ),
    )
  })

  it('takes equal hashes in any order of founders to the same set', () => {
    fc.assert(
      fc.property(arbitraryNominal(), arbitraryNominal(), fc.integer({ min: 1, max: 20 }), (a, b, most) => {
        const hashes = (founders: (typeof a)[]) => Array.from((referenceBins(founders, most) as NominalBins).hashes)
        expect(hashes([a, b])).toEqual(hashes([b, a]))
        expect(new Set(hashes([a, b])).size).toBe(hashes([a, b]).length)
      }),
    )
  })
})
