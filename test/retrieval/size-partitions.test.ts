import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sizePartitions, type SizePartition } from '../../src/retrieval/size-partitions.ts'
import { peer } from './peer.ts'

/** Σ (x_u − x_i) / x_u over all sets, x_u the largest of their part. */
function costOf(sizes: readonly number[], cut: readonly SizePartition[]): number {
  return sizes.reduce((sum, size) => {
    const { most } = cut.find(({ least, most }) => least <= size && size <= most)!
    return sum + (most - size) / most
  }, 0)
}

describe('sizePartitions', () => {
  it('is worked by hand: one large set does not drag the small ones along', () => {
    expect(sizePartitions([1, 2, 2, 100], 2)).toEqual([
      { least: 1, most: 2 },
      { least: 100, most: 100 },
    ])
    expect(sizePartitions([], 3)).toEqual([])
  })

  it.each(peer.partitions)('costs no more than datasketch’s, $sizes.length sets in $parts parts', one => {
    const { sizes, parts } = one
    const cut = sizePartitions(sizes, parts)
    const theirs = one.cut.map(([least, most]) => ({ least, most }))
    expect(cut.length).toBe(theirs.length)
    expect(costOf(sizes, cut)).toBeLessThanOrEqual(costOf(sizes, theirs) + 1e-9)
    if (parts <= 2) expect(costOf(sizes, cut)).toBeCloseTo(costOf(sizes, theirs), 9)
  })

  it('holds every size once', () => {
    const size = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (sizes, parts) => {
        const cut = sizePartitions(sizes, parts)
        expect(cut.length).toBe(Math.min(parts, new Set(sizes).size))
        for (const one of sizes) expect(cut.filter(({ least, most }) => least <= one && one <= most).length).toBe(1)
      }),
    )
  })
})
