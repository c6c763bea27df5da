import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  calibrate,
  type Logits,
  meanConfidence,
  meanEnergy,
  meanEntropy,
  meanMargin,
  metaDistributionEnergy,
  nuclearNorm,
  softmax,
  withTemperature,
} from '../../src/confidence/index.ts'
import { golden } from '../golden-file.ts'
import { matrixOf } from './matrix-of.ts'

interface Case extends Record<string, unknown> {
  readonly name: string
  readonly logits: number[][]
  readonly labels: number[]
}

const { cases } = golden<{ readonly cases: Case[] }>('confidence.json')

const close = (actual: number, expected: unknown, tolerance = 1e-9) =>
  expect(Math.abs(actual - (expected as number))).toBeLessThanOrEqual(tolerance * Math.abs(expected as number))

describe('confidence scores', () => {
  it('of two rows, by hand', () => {
    const p = matrixOf([
      [0.5, 0.25, 0.25],
      [1, 0, 0],
    ])
    expect(meanConfidence(p)).toBe(0.75)
    expect(meanMargin(p)).toBe(0.625)
    expect(meanEntropy(p)).toBeCloseTo(0.75 * Math.LN2, 14)
  })

  it('of sure and even predictions are at the ends of their ranges', () => {
    const sure = matrixOf([
      [1, 0],
      [0, 1],
    ])
    const even = matrixOf([
      [0.5, 0.5],
      [0.5, 0.5],
    ])
    expect([sure, even].map(meanConfidence)).toEqual([1, 0.5])
    expect([sure, even].map(meanMargin)).toEqual([1, 0])
    expect(meanEntropy(sure)).toBe(0)
    expect(meanEntropy(even)).toBeCloseTo(Math.LN2, 14)
    expect(nuclearNorm(sure)).toBeCloseTo(1, 12)
    expect(nuclearNorm(even)).toBeCloseTo(0.5, 7)
  })

  it('of energies that are all one: MDE is log n', () => {
    const logits = matrixOf([
      [1, 2],
      [2, 1],
      [1, 2],
    ])
    expect(metaDistributionEnergy(logits)).toBeCloseTo(Math.log(3), 12)
    expect(meanEnergy(logits)).toBeCloseTo(-Math.log(Math.E + Math.E ** 2), 12)
  })

  it.each([[meanConfidence], [meanEntropy], [meanMargin], [nuclearNorm]])(
    'refuses what is not probabilities: %o',
    score => {
      expect(() => score(matrixOf([[0.5, 0.6]]))).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }))
      expect(() => score(matrixOf([[1.5, -0.5]]))).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }))
      expect(() => score(matrixOf([[NaN, 1]]))).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }))
      expect(() => score({ rows: 0, classes: 2, values: new Float64Array(0) })).toThrow(
        expect.objectContaining({ code: 'EMPTY_DATASET' }),
      )
      expect(() => score({ rows: 2, classes: 2, values: new Float64Array(3) })).toThrow(
        expect.objectContaining({ code: 'SHAPE' }),
      )
    },
  )

  it.each([0, -1, NaN, Infinity])('refuses the temperature %d', temperature => {
    const refusal = expect.objectContaining({ code: 'OUT_OF_RANGE' })
    expect(() => meanEnergy(matrixOf([[1, 2]]), temperature)).toThrow(refusal)
    expect(() => withTemperature(matrixOf([[0.5, 0.5]]), temperature)).toThrow(refusal)
  })

  describe.each(cases)('equal scipy, numpy and scikit-learn: $name', wanted => {
    const logits = matrixOf(wanted.logits)
    const probabilities = softmax(logits)

    it('without labels', () => {
      close(meanConfidence(probabilities), wanted.meanConfidence)
      close(meanEntropy(probabilities), wanted.meanEntropy)
      close(meanMargin(probabilities), wanted.meanMargin)
      close(nuclearNorm(probabilities), wanted.nuclearNorm)
      close(meanEnergy(logits, 2), wanted.meanEnergyAt2)
      close(metaDistributionEnergy(logits, 2), wanted.metaDistributionEnergyAt2)
    })

    it.each(['logits', 'probabilities'] as const)('calibrated on %s', scale => {
      const labels = Int32Array.from(wanted.labels)
      const calibration = calibrate(scale === 'logits' ? logits : probabilities, labels, { scale })
      close(calibration.temperature, wanted.temperature, 1e-6)
      close(calibration.accuracy, wanted.accuracy)
      close(calibration.meanConfidence, wanted.meanConfidenceAtTemperature, 1e-6)
    })
  })

  it('do not depend on the order of rows or classes', () => {
    const row = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 6 }), rows => {
        const turned = rows.toReversed().map(logits => logits.toReversed())
        const scores = (logits: Logits) => [
          meanConfidence(softmax(logits)),
          meanEntropy(softmax(logits)),
          meanMargin(softmax(logits)),
          nuclearNorm(softmax(logits)),
          meanEnergy(logits),
          metaDistributionEnergy(logits),
        ]
        const after = scores(matrixOf(turned))
        scores(matrixOf(rows)).forEach((score, at) => expect(after[at]).toBeCloseTo(score, 7))
      }),
    )
  })

  it('temperatures can be taken back', () => {
    const p = softmax(matrixOf([[0.3, -1, 2]]))
    const back = withTemperature(withTemperature(p, 3), 1 / 3)
    p.values.forEach((value, c) => expect(back.values[c]).toBeCloseTo(value, 12))
  })
})
