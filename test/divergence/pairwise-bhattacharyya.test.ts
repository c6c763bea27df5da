import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bhattacharyya, pairwiseBhattacharyya } from '../../src/divergence/index.ts'
import { arbitraryBlocks, blockOf, blockOfRows } from '../arbitrary-partition-block.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/joint-jensen-shannon.json' with { type: 'json' }

describe('pairwiseBhattacharyya', () => {
  it('is the mean over the features, 0 where a side lacks one, worked by hand', () => {
    const source = blockOf([
      [
        [1, 0],
        [0.5, 0.5],
      ],
    ])
    const target = blockOf([
      [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
      [
        [0, 0],
        [1, 0],
      ],
    ])
    const [whole, lacking] = pairwiseBhattacharyya(source, target, Uint32Array.of(0, 1))
    expect(whole).toBeCloseTo((0.5 + 1) / 2, 12)
    expect(lacking).toBeCloseTo(Math.SQRT1_2 / 2, 7)
  })

  it('is 0 when no feature is shared', () => {
    const block = blockOf([[[1, 0]]])
    expect([...pairwiseBhattacharyya(block, block, new Uint32Array(0))]).toEqual([0])
  })

  it.each(golden.cases)('agrees with the definition in numpy over features $features', golden_case => {
    const [source, target] = [golden.source, golden.target].map(rows => blockOfRows(rows, golden.bins))
    const pairs = pairwiseBhattacharyya(source, target, Uint32Array.from(golden_case.features))
    pairs.forEach((value, k) => {
      expect(Math.abs(value - golden_case.bhattacharyya[Math.floor(k / 3)][k % 3])).toBeLessThanOrEqual(1e-7)
    })
    expect(pairs).toHaveLength(12)
  })

  it('refuses blocks that do not agree', () => {
    const [one, two] = [blockOf([[[1]]]), blockOf([[[1, 0]]])]
    expect(caughtCode(() => pairwiseBhattacharyya(one, two, Uint32Array.of(0)))).toBe('SHAPE')
  })

  it('is bhattacharyya of a single feature', () => {
    fc.assert(
      fc.property(arbitraryBlocks(), ({ source, target }) => {
        const end = source.offsets[1]
        const [p, q] = [source.values.subarray(0, end), target.values.subarray(0, end)]
        fc.pre(p.some(value => value > 0) && q.some(value => value > 0))
        const [value] = pairwiseBhattacharyya(source, target, Uint32Array.of(0))
        expect(value).toBeCloseTo(bhattacharyya(p, q), 12)
      }),
      { seed: 1 },
    )
  })
})
