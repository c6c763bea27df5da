import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binCount, binLookup, binsInOrder, lookUpBin, missingBin, nextUp } from '../../src/sketch/feature-bins.ts'
import { arbitraryNumeric } from './arbitrary-bins.ts'

const bins = { kind: 'numeric' as const, edges: Float64Array.of(0, 1, 2), atoms: Float64Array.of(-5, 1, 1.5) }

describe('numeric bins', () => {
  it('are the intervals, then the atoms, then missing', () => {
    expect([binCount(bins), missingBin(bins)]).toEqual([6, 5])
    expect(binsInOrder(bins)).toEqual([2, 0, 3, 1, 4])
  })

  it.each([
    [-1e308, 0],
    [-5, 2],
    [-4.999, 0],
    [0.999, 0],
    [1, 3],
    [1 + Number.EPSILON, 1],
    [1.5, 4],
    [2, 1],
    [1e308, 1],
  ])('%d falls into bin %i', (value, bin) => {
    expect(lookUpBin(binLookup(bins), value)).toBe(bin)
  })

  it('are looked up as a search from left to right finds them', () => {
    fc.assert(
      fc.property(arbitraryNumeric(), fc.double({ min: -120, max: 120, noNaN: true }), ({ bins }, value) => {
        const { edges, atoms } = bins
        const slow = (x: number) => {
          if (atoms.includes(x)) return edges.length - 1 + atoms.indexOf(x)
          return Math.max(
            0,
            edges.subarray(0, -1).findLastIndex(edge => edge <= x),
          )
        }
        for (const x of [value, ...edges, ...atoms, ...Array.from(atoms, nextUp)]) {
          expect(lookUpBin(binLookup(bins), x)).toBe(slow(x))
        }
      }),
    )
  })
})

describe('nominal bins', () => {
  it('are the hashes, then other, then missing', () => {
    expect(binCount({ kind: 'nominal', hashes: Uint32Array.of(9, 4) })).toBe(4)
  })
})

describe('nextUp', () => {
  it('leaves no double between', () => {
    expect([nextUp(0), nextUp(-0), nextUp(1), nextUp(-1)]).toEqual([5e-324, 5e-324, 1 + 2 ** -52, -1 + 2 ** -53])
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        const next = nextUp(value)
        expect(next).toBeGreaterThan(value)
        const middle = value / 2 + next / 2
        fc.pre(Math.abs(value) > 1e-300)
        expect(middle === value || middle === next).toBe(true)
      }),
    )
  })
})
