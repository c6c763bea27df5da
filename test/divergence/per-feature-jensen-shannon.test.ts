import { describe, expect, it } from 'vitest'
import { perFeatureJensenShannon } from '../../src/divergence/index.ts'
import { blockOf } from '../arbitrary-partition-block.ts'
import { caughtCode } from '../caught-code.ts'

const source = blockOf([
  [[0, 1], [1]],
  [[1, 0], [0]],
])
const target = blockOf([[[0.5, 0.5], [1]]])
const features = Uint32Array.of(1, 0)

describe('perFeatureJensenShannon', () => {
  it('gives each feature in the order asked for', () => {
    const js = perFeatureJensenShannon({ block: source, partition: 0 }, { block: target, partition: 0 }, features)
    expect(js[0]).toBe(0)
    expect(js[1]).toBeCloseTo(0.75 * Math.log(4 / 3), 15)
  })

  it('is ln 2 where a side lacks the feature', () => {
    const js = perFeatureJensenShannon({ block: source, partition: 1 }, { block: target, partition: 0 }, features)
    expect(js[0]).toBe(Math.LN2)
  })

  it('is empty without features', () => {
    const there = { block: target, partition: 0 }
    expect(perFeatureJensenShannon(there, there, new Uint32Array(0))).toHaveLength(0)
  })

  it.each([2, -1, 0.5, NaN])('refuses partition %d of 2', partition => {
    const call = (): unknown =>
      perFeatureJensenShannon({ block: source, partition }, { block: target, partition: 0 }, features)
    expect(caughtCode(call)).toBe('OUT_OF_RANGE')
    const exchanged = (): unknown =>
      perFeatureJensenShannon({ block: target, partition: 0 }, { block: source, partition }, features)
    expect(caughtCode(exchanged)).toBe('OUT_OF_RANGE')
  })

  it('refuses features with other bins', () => {
    const other = { block: blockOf([[[1], [1]]]), partition: 0 }
    expect(caughtCode(() => perFeatureJensenShannon({ block: source, partition: 0 }, other, features))).toBe('SHAPE')
  })
})
