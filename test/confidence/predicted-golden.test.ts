import { describe, expect, it } from 'vitest'
import {
  accuracyByPredictedClass,
  averageThresholdConfidence,
  calibrate,
  confidenceBasedPerformance,
  differenceOfConfidences,
  softF1,
  softmax,
  withTemperature,
} from '../../src/confidence/index.ts'
import { golden } from '../golden-file.ts'
import { matrixOf } from './matrix-of.ts'

interface Case {
  readonly name: string
  readonly logits: number[][]
  readonly labels: number[]
  readonly target: number[][]
  readonly atc: { readonly threshold: number; readonly accuracy: number }
  readonly doc: number
  readonly cbpe: { confusion: number[][]; accuracy: number; f1: number[]; macroF1: number }
  readonly byPredictedClass: number
  readonly nannyml?: { readonly accuracy: number; readonly f1: number }
}

const { cases, softF1: soft } = golden<{
  readonly cases: Case[]
  readonly softF1: { predictions: number[][]; weights: number[]; scores: number[] }
}>('predicted-accuracy.json')

const close = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)))

const confidencesOf = (rows: readonly number[][], temperature: number) => {
  const { classes, values } = withTemperature(softmax(matrixOf(rows)), temperature)
  return rows.map((_, i) => Math.max(...values.subarray(i * classes, (i + 1) * classes)))
}

describe.each(cases)('predicted accuracy equals the peers: $name', wanted => {
  const calibration = calibrate(matrixOf(wanted.logits), Int32Array.from(wanted.labels), { scale: 'logits' })
  const target = softmax(matrixOf(wanted.target))

  it('ATC, whose authors take the confidence just below: one row of the source more', () => {
    const { temperature, atcThreshold } = calibration
    const sorted = confidencesOf(wanted.logits, temperature).sort((a, b) => a - b)
    const at = sorted.findIndex(confidence => Math.abs(confidence - atcThreshold) < 1e-9)
    close(sorted[at - 1], wanted.atc.threshold)
    const theirs = confidencesOf(wanted.target, temperature).filter(p => p >= wanted.atc.threshold && p < atcThreshold)
    const ours = averageThresholdConfidence(target, calibration)
    close(ours + theirs.length / target.rows, wanted.atc.accuracy)
  })

  it('DoC, and by predicted class', () => {
    close(differenceOfConfidences(target, calibration), wanted.doc)
    close(accuracyByPredictedClass(target, calibration), wanted.byPredictedClass)
  })

  it('CBPE', () => {
    const { confusion, accuracy, f1, macroF1 } = confidenceBasedPerformance(target, calibration)
    confusion.flat().forEach((count, at) => close(count, wanted.cbpe.confusion.flat()[at]))
    f1.forEach((value, c) => close(value, wanted.cbpe.f1[c]))
    close(accuracy, wanted.cbpe.accuracy)
    close(macroF1, wanted.cbpe.macroF1)
    if (wanted.nannyml) {
      close(accuracy, wanted.nannyml.accuracy)
      close(f1[1], wanted.nannyml.f1)
    }
  })
})

it('soft F1 equals scikit-learn’s F1 of each row as both labels, by the crowd’s shares', () => {
  const predictions = soft.predictions.map(row => Int32Array.from(row))
  softF1(predictions, { positive: 1, weights: soft.weights }).forEach((score, m) => close(score, soft.scores[m]))
})
