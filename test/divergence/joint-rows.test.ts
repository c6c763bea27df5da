import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jensenShannonOfRows, jointRows } from '../../src/divergence/joint-rows.ts'
import { allFeatures, arbitraryBlocks, blockOf } from '../arbitrary-partition-block.ts'

describe('jensenShannonOfRows', () => {
  it('is worked by hand: ln 2 for disjoint histograms, 0 for equal ones, ln 2 without features', () => {
    const [p, q] = jointRows(blockOf([[[1, 0]], [[0, 1]]]), Uint32Array.of(0))
    expect(jensenShannonOfRows(p, q)).toBeCloseTo(Math.LN2, 7)
    expect(jensenShannonOfRows(p, p)).toBeLessThan(1e-12)
    const [none] = jointRows(blockOf([[[1, 0]]]), new Uint32Array(0))
    expect(jensenShannonOfRows(none, none)).toBe(Math.LN2)
  })

  it('is symmetric and lies in [0, ln 2]', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), ({ source, target }) => {
        const [p] = jointRows(source, allFeatures(source))
        const [q] = jointRows(target, allFeatures(target))
        const js = jensenShannonOfRows(p, q)
        expect(jensenShannonOfRows(q, p)).toBe(js)
        expect(js >= 0 && js <= Math.LN2).toBe(true)
      }),
    )
  })
})
