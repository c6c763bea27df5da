import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accuracyByPredictedClass,
  averageThresholdConfidence,
  calibrate,
  confidenceBasedPerformance,
  differenceOfConfidences,
  softmax,
} from '../../src/confidence/index.ts'
import { matrixOf } from './matrix-of.ts'

const sure = (confidences: readonly number[]) => matrixOf(confidences.map(p => [p, 1 - p]))

describe('calibrate', () => {
  it('counts, by hand', () => {
    const output = sure([0.9, 0.8, 0.7, 0.4])
    const { accuracy, confusion, atcThreshold, temperature } = calibrate(output, Int32Array.of(0, 0, 1, 1))
    expect(accuracy).toBe(0.75)
    expect(confusion).toEqual([
      [2, 0],
      [1, 1],
    ])
    // One row is wrong, so one row, that of confidence .6, lies below the second smallest confidence, .7.
    const odds = (0.7 / 0.3) ** (1 / temperature)
    expect(atcThreshold).toBeCloseTo(odds / (1 + odds), 12)
  })

  it('puts the threshold above all confidences where every row is wrong', () => {
    expect(calibrate(sure([0.9, 0.8]), Int32Array.of(1, 1)).atcThreshold).toBe(2)
  })

  it('stops at the coldest temperature for a model that is never wrong, at the hottest for one that always is', () => {
    expect(calibrate(sure([0.9, 0.8]), Int32Array.of(0, 0)).temperature).toBeCloseTo(0.01, 12)
    expect(calibrate(sure([0.9, 0.8]), Int32Array.of(1, 1)).temperature).toBeCloseTo(100, 10)
  })

  it.each([
    [Int32Array.of(0), 'SHAPE'],
    [Int32Array.of(0, 2), 'OUT_OF_RANGE'],
    [Int32Array.of(0, -1), 'OUT_OF_RANGE'],
  ])('refuses labels %o: %s', (labels, code) => {
    expect(() => calibrate(sure([0.9, 0.8]), labels)).toThrow(expect.objectContaining({ code }))
  })
})

describe('predicted accuracy', () => {
  const plain = { accuracy: 0.8, meanConfidence: 0.9, temperature: 1, atcThreshold: 0.7 }

  it('ATC is the share of rows at or above the threshold, by hand', () => {
    expect(averageThresholdConfidence(sure([0.9, 0.7, 0.6, 0.2]), plain)).toBe(0.75)
  })

  it('DoC takes off what confidence has dropped, within 0 and 1', () => {
    expect(differenceOfConfidences(sure([0.9, 0.7]), plain)).toBeCloseTo(0.7, 12)
    expect(differenceOfConfidences(sure([0.5, 0.5]), { ...plain, accuracy: 0.3 })).toBe(0)
    expect(differenceOfConfidences(sure([1, 1]), { ...plain, accuracy: 0.95 })).toBe(1)
  })

  it('CBPE expects a confusion, by hand', () => {
    const { accuracy, confusion, f1, macroF1 } = confidenceBasedPerformance(sure([0.75, 0.75, 0.25]), plain)
    expect(confusion).toEqual([
      [1.5, 0.25],
      [0.5, 0.75],
    ])
    expect(accuracy).toBe(0.75)
    expect(f1).toEqual([3 / 3.75, 1.5 / 2.25])
    expect(macroF1).toBeCloseTo((0.8 + 2 / 3) / 2, 14)
  })

  it('by predicted class weighs the source precision, by hand', () => {
    const confusion = [
      [8, 1],
      [2, 1],
    ]
    expect(accuracyByPredictedClass(sure([0.9, 0.9, 0.9, 0.1]), { accuracy: 0.75, confusion })).toBeCloseTo(0.725, 12)
    const never = [
      [8, 0],
      [2, 0],
    ]
    expect(accuracyByPredictedClass(sure([0.1]), { accuracy: 0.6, confusion: never })).toBe(0.6)
    expect(() => accuracyByPredictedClass(sure([0.1]), { accuracy: 0.6, confusion: [[1]] })).toThrow(
      expect.objectContaining({ code: 'SHAPE' }),
    )
  })

  it('on the calibration rows themselves is the accuracy', () => {
    const rows = fc.array(
      fc.tuple(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }), fc.nat(2)),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(rows, list => {
        const output = softmax(matrixOf(list.map(([logits]) => logits)))
        const calibration = calibrate(
          output,
          Int32Array.from(list, ([, label]) => label),
        )
        expect(differenceOfConfidences(output, calibration)).toBeCloseTo(calibration.accuracy, 9)
        expect(accuracyByPredictedClass(output, calibration)).toBeCloseTo(calibration.accuracy, 9)
        // Rows of one confidence lie on one side of the threshold together.
        expect(averageThresholdConfidence(output, calibration)).toBeGreaterThanOrEqual(calibration.accuracy - 1e-9)
      }),
    )
  })
})
