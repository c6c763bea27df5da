import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  agreementMatrix,
  agreementWithVote,
  crowdAlarm,
  meanAgreement,
  softF1,
  twoCamps,
  vote,
} from '../../src/confidence/index.ts'
import { golden } from '../golden-file.ts'

const zoo = golden<{ zoo: { predictions: number[][]; agreement: number[][]; kappa: number; f1: number } }>(
  'confidence.json',
).zoo

const labels = (...rows: readonly string[]) => rows.map(row => Int32Array.from(row, Number))

describe('agreement', () => {
  it('of three models, by hand', () => {
    const three = labels('0011', '0010', '1100')
    expect([...agreementMatrix(three)]).toEqual([1, 0.75, 0, 0.75, 1, 0.25, 0, 0.25, 1])
    expect([...meanAgreement(three)]).toEqual([0.375, 0.5, 0.125])
  })

  it('equals scikit-learn', () => {
    const predictions = zoo.predictions.map(row => Int32Array.from(row))
    expect([...agreementMatrix(predictions)]).toEqual(zoo.agreement.flat())
    expect(twoCamps(predictions.slice(0, 2)).kappa).toBeCloseTo(zoo.kappa, 12)
    // A crowd of one model, by its weight, turns soft F1 into plain F1.
    expect(softF1(predictions, { positive: 1, weights: [1, 0, 0, 0, 0] })[1]).toBeCloseTo(zoo.f1, 12)
  })
})

describe('vote', () => {
  it('goes with the most, the smallest of equals, or the weights', () => {
    const three = labels('0211', '0120', '1102')
    expect([...vote(three)]).toEqual([0, 1, 0, 0])
    expect([...vote(three, [0, 0, 1])]).toEqual([1, 1, 0, 2])
    expect([...vote(three, [1, 1, 3])]).toEqual([1, 1, 0, 2])
    expect([...agreementWithVote(three)]).toEqual([0.25, 0.75, 0.5])
  })

  it.each([
    [[1, 1], 'SHAPE'],
    [[0, 0, 0], 'OUT_OF_RANGE'],
    [[1, -1, 1], 'OUT_OF_RANGE'],
    [[1, NaN, 1], 'OUT_OF_RANGE'],
  ])('refuses the weights %j: %s', (weights, code) => {
    expect(() => vote(labels('0', '1', '0'), weights)).toThrow(expect.objectContaining({ code }))
  })

  it('does not depend on the order of models', () => {
    const model = fc.array(fc.nat(3), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(model, { minLength: 2, maxLength: 6 }), lists => {
        const predictions = lists.map(list => Int32Array.from(list))
        expect(vote(predictions.toReversed())).toEqual(vote(predictions))
        const turned = meanAgreement(predictions.toReversed()).reverse()
        meanAgreement(predictions).forEach((share, m) => expect(turned[m]).toBeCloseTo(share, 12))
      }),
    )
  })

  it.each([
    [labels('00', '0'), 'SHAPE'],
    [labels('', ''), 'TOO_FEW_ROWS'],
    [labels('00'), 'OUT_OF_RANGE'],
  ])('refuses predictions %o: %s', (predictions, code) => {
    expect(() => meanAgreement(predictions)).toThrow(expect.objectContaining({ code }))
  })
})

describe('softF1', () => {
  it('of three models, by hand', () => {
    // The crowd's shares of positives are 1, 1/3, 0, 1/3.
    const scores = softF1(labels('1100', '1000', '1001'), { positive: 1 })
    expect(scores[0]).toBeCloseTo((2 * (4 / 3)) / (2 + 5 / 3), 12)
    expect(scores[1]).toBeCloseTo(2 / (1 + 5 / 3), 12)
  })

  it('is 0 where nobody finds a positive', () => {
    expect([...softF1(labels('00', '00'), { positive: 1 })]).toEqual([0, 0])
  })
})

describe('crowdAlarm', () => {
  it('finds the camps, by hand', () => {
    const { alarm, camps, reason } = crowdAlarm(labels('00110011', '11001101', '00110010', '10110011', '11001100'))
    expect(alarm).toBe(true)
    expect(camps).toEqual([
      [0, 2, 3],
      [1, 4],
    ])
    expect(reason).toContain('camps of 3 and 2')
  })

  it('stays silent where the models are of one mind, and where one alone is odd', () => {
    expect(crowdAlarm(labels('0011', '0011', '0011')).alarm).toBe(false)
    const odd = labels('00110101', '00110101', '00110001', '00110111', '10110101', '11001010')
    expect(crowdAlarm(odd).alarm).toBe(false)
    expect(crowdAlarm(odd, { smallestCamp: 0.1 }).alarm).toBe(true)
  })

  it('counts one of five for a camp, and one of six not', () => {
    const odd = labels('00110011', '00110011', '00110111', '00110011', '11001100')
    const { alarm, camps } = crowdAlarm(odd)
    expect([alarm, camps]).toEqual([true, [[0, 1, 2, 3], [4]]])
    expect(crowdAlarm([...odd, odd[0]]).alarm).toBe(false)
  })

  it('warns where the more similar models agree less with the vote', () => {
    const five = labels('00110011', '00110010', '00110110', '00100110', '10100111')
    expect(agreementWithVote(five)).toEqual(Float64Array.of(0.75, 0.875, 1, 0.875, 0.625))
    expect(crowdAlarm(five, { similarity: [1, 2, 3, 2, 1] }).alarm).toBe(false)
    const against = crowdAlarm(five, { similarity: [4, 3, 0, 2, 5] })
    expect(against.alarm).toBe(true)
    expect(against.reason).toContain('contradicts')
  })

  it('needs more than three models to be contradicted', () => {
    expect(crowdAlarm(labels('0011', '0010', '0111'), { similarity: [0, 1, 2] }).alarm).toBe(false)
  })

  it('refuses a similarity of another shape, or NaN', () => {
    expect(() => crowdAlarm(labels('01', '01'), { similarity: [1] })).toThrow(
      expect.objectContaining({ code: 'SHAPE' }),
    )
    expect(() => crowdAlarm(labels('01', '01'), { similarity: [1, NaN] })).toThrow(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    )
  })

  it('parts every zoo in two', () => {
    const model = fc.array(fc.nat(2), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(model, { minLength: 2, maxLength: 8 }), lists => {
        const { camps, across, kappa } = twoCamps(lists.map(list => Int32Array.from(list)))
        expect(camps.flat().toSorted((a, b) => a - b)).toEqual(lists.map((_, m) => m))
        expect(camps[0].length).toBeGreaterThanOrEqual(camps[1].length)
        expect(camps[1].length).toBeGreaterThan(0)
        expect(across).toBeGreaterThanOrEqual(0)
        expect(kappa).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })
})
