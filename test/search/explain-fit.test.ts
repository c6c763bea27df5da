import { describe, expect, it } from 'vitest'
import { DEFAULT_PARAMETERS, explainFit } from '../../src/search/index.ts'
import { candidateOf, domainOf, signatureOf, sketchOf, type HandMade } from './hand-made.ts'

const domain = domainOf('a', 'b', 'c')
const source: HandMade = {
  whole: { a: [10, 10], b: [20, 0], c: [0, 20] },
  clustered: [
    { a: [10, 0], b: [10, 0], c: [0, 10] },
    { a: [0, 10], b: [10, 0], c: [0, 10] },
  ],
}
const target: HandMade = {
  whole: { b: [10, 30], other: [40, 0], z: [20, 20], a: [20, 20] },
  clustered: [
    { b: [10, 0], other: [10, 0], z: [5, 5], a: [10, 0] },
    { b: [0, 30], other: [30, 0], z: [15, 15], a: [10, 20] },
  ],
  signatures: { other: signatureOf('c') },
}
const explain = (threshold: 'auto' | number) =>
  explainFit(
    sketchOf(target),
    { domain, candidate: candidateOf(domain, 'x/m', source) },
    { ...DEFAULT_PARAMETERS, threshold },
  )

describe('an explanation', () => {
  it('lists features, worst fit first, with what each is mapped to', () => {
    const { evidence, features } = explain('auto')
    expect(features.map(({ feature, slot, by }) => [feature, slot, by])).toEqual([
      ['other', 'c', 'distribution'],
      ['z', undefined, undefined],
      ['b', 'b', 'name'],
      ['a', 'a', 'name'],
    ])
    const [other, z, , a] = features
    expect([other.js, z.js, a.js].map(js => Number(js.toFixed(5)))).toEqual([0.69315, 0.69315, 0])
    expect(other).toMatchObject({ jaccard: 1, histograms: { target: [1, 0, 0], source: [0, 1, 0] } })
    expect(z.histograms).toBeUndefined()
    expect(evidence.overlap).toBe(0.75)
  })

  it('lists the target’s partitions, worst fit first, with the nearest of training', () => {
    const { partitions, partitionThreshold } = explain(0.6)
    expect(partitionThreshold).toBe(0.6)
    // The first cell lies ln 2 off in `other` alone; the second in `b` too, and a bit in a: (⅓, ⅔) beside (0, 1).
    const a = 0.5 * ((1 / 3) * Math.log(2) + (2 / 3) * Math.log(4 / 5) + Math.log(6 / 5))
    expect(partitions.map(({ rows, matched }) => [rows, matched])).toEqual([
      [30, true],
      [10, true],
    ])
    expect(partitions[0].nearestJs).toBeCloseTo((2 * Math.LN2 + a) / 3, 5)
    expect(partitions[1].nearestJs).toBeCloseTo(Math.LN2 / 3, 5)
    expect(explain(0.4).partitions.map(({ matched }) => matched)).toEqual([false, true])
  })

  it('matches partitions at the threshold for their own mean sizes', () => {
    expect(explain('auto').partitionThreshold).toBeCloseTo(1.65 * (2 / 8) * (1 / 10 + 1 / 20), 12)
  })
})
