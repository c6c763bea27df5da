import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crowdAccuracy, crowdAgreement, crowdF1, sharpWeights, softF1 } from '../../src/confidence/index.ts'
import { caughtCode } from '../caught-code.ts'

const zoo = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 20 }))
  .chain(([models, rows]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows }), {
      minLength: models,
      maxLength: models,
    }),
  )
  .map(predictions => predictions.map(labels => Int32Array.from(labels)))

describe('what the crowd expects', () => {
  const predictions = [Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 0, 1, 0), Int32Array.of(1, 1, 1, 0)]

  it('is the mean share of votes for what a model says', () => {
    const accuracy = crowdAccuracy(crowdAgreement(predictions), Float64Array.of(0.5, 0.25, 0.25))
    expect([...accuracy]).toEqual([0.5 + 0.25 * 0.75 + 0.25 * 0.25, 0.5 * 0.75 + 0.25 + 0.25 * 0.5, 0.5])
  })

  it('follows the beliefs in standard deviations, whatever their unit', () => {
    const [plain, scaled] = [sharpWeights([1, 2, 3]), sharpWeights([100, 200, 300])]
    plain.forEach((weight, m) => expect(weight).toBeCloseTo(scaled[m], 12))
    expect(plain[2] / plain[1]).toBeCloseTo(Math.exp(2 / Math.sqrt(2 / 3)), 9)
    expect([...sharpWeights([0.3, 0.3, NaN])]).toEqual([1 / 3, 1 / 3, 1 / 3])
  })

  it('is soft F1 for the rare label', () => {
    fc.assert(
      fc.property(zoo, given => {
        const weights = new Float64Array(given.length).fill(1 / given.length)
        const expected = softF1(given, { positive: 1 })
        crowdF1(crowdAgreement(given, 1), weights)!.forEach((f1, m) => expect(f1).toBeCloseTo(expected[m], 9))
      }),
    )
  })

  it('is unknown without a label to look for, and refuses weights of another zoo', () => {
    expect(crowdF1(crowdAgreement(predictions), Float64Array.of(1, 0, 0))).toBeUndefined()
    expect(caughtCode(() => crowdAccuracy(crowdAgreement(predictions), Float64Array.of(1)))).toBe('SHAPE')
  })
})
