import { describe, expect, it } from 'vitest'
import { affinePermutations, ContainmentBands, minHashSigner } from '../../src/retrieval/index.ts'
import { caughtCode } from '../caught-code.ts'
import { peer } from './peer.ts'

const { sets, containmentThreshold: threshold, contained, parts: partitions } = peer.index
const sign = minHashSigner(affinePermutations(128, 1))
const sized = (elements: readonly number[]) => ({
  signature: sign(Uint32Array.from(elements)),
  size: new Set(elements).size,
})
const entries = sets.map((elements, key) => [key, sized(elements)] as const)
const bands = new ContainmentBands(entries, { threshold, partitions })

describe('ContainmentBands', () => {
  it('has the candidates of datasketch’s MinHashLSHEnsemble', () => {
    entries.forEach(([key, query]) => {
      expect(bands.candidates(query).sort((a, b) => a - b)).toEqual(contained[key])
    })
  })

  it('finds a set that contains the query, however large, where the Jaccard similarity is small', () => {
    const range = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => Math.imul(from + i, 0x9e3779b1))
    const apart = [0, 1, 2].map(i => [`apart ${i}`, sized(range(10_000 * (i + 1), 10_000 * (i + 1) + 300))] as const)
    const index = new ContainmentBands([['large', sized(range(0, 1000))] as const, ...apart], { threshold: 0.5 })
    const { found, work } = index.query(sized(range(0, 200)))
    expect(found.map(({ key }) => key)).toEqual(['large'])
    // J = 0.2 with a standard error of .035 in 128 places: containment within four of them.
    expect(found[0].value).toBeGreaterThan(0.5)
    expect(work.stored).toBe(4)
  })

  it('estimates containment in [0, 1], at most the ratio of the sizes, and 1 for itself', () => {
    entries.forEach(([key, query]) => {
      const { found } = bands.query(query)
      for (const { key: other, value } of found) {
        expect(value).toBeGreaterThan(threshold)
        expect(value).toBeLessThanOrEqual(Math.min(1, entries[other][1].size / query.size))
      }
      expect(found.find(one => one.key === key)?.value).toBe(1)
    })
  })

  it('is empty without entries, and refuses empty sets', () => {
    expect(new ContainmentBands([], { threshold }).query(entries[0][1]).found).toEqual([])
    const empty = { signature: sign(new Uint32Array(0)), size: 0 }
    expect(caughtCode(() => bands.query(empty))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => new ContainmentBands([[0, empty]], { threshold }))).toBe('OUT_OF_RANGE')
  })
})
