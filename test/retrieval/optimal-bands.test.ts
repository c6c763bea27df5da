import { describe, expect, it } from 'vitest'
import { optimalBands, optimalContainmentBands } from '../../src/retrieval/index.ts'
import { bandCollision } from '../../src/retrieval/optimal-bands.ts'
import { caughtCode } from '../caught-code.ts'
import { peer } from './peer.ts'

const shapeOf = ([bands, values]: [number, number]) => ({ bands, values })

describe('bandCollision', () => {
  it('is worked by hand: 1 − (1 − ¼)² for two bands of two values at ½', () => {
    expect(bandCollision(0.5, { bands: 2, values: 2 })).toBe(7 / 16)
    expect([0, 1].map(p => bandCollision(p, { bands: 3, values: 4 }))).toEqual([0, 1])
  })
})

describe('optimalBands', () => {
  it.each(peer.bands)('is datasketch’s for t = $threshold, n = $length, weights $weights', one => {
    const [falsePositive, falseNegative] = one.weights
    expect(optimalBands(one.threshold, one.length, { falsePositive, falseNegative })).toEqual(shapeOf(one.bands))
  })

  it('refuses a threshold or weight outside [0, 1]', () => {
    expect(caughtCode(() => optimalBands(1.1, 16))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => optimalBands(NaN, 16))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => optimalBands(0.5, 16, { falsePositive: -1, falseNegative: 2 }))).toBe('OUT_OF_RANGE')
  })
})

describe('optimalContainmentBands', () => {
  it.each(peer.containment)('is datasketch’s for t = $threshold, x/q = $ratio, n = $length', one => {
    const limits = { length: one.length, mostValues: one.most }
    expect(optimalContainmentBands(one.threshold, one.ratio, limits)).toEqual(shapeOf(one.bands))
  })
})
