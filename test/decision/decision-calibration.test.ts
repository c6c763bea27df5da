import { describe, expect, it } from 'vitest'
import { decisionCalibration } from '../../src/decision/index.ts'
import { judge } from '../../src/decision/judge.ts'
import type { PastDecision } from '../../src/decision/past-decision.ts'

/** Two candidates; the first of the decision is the first, the data-blind first the second. */
function past(values: readonly number[], predicted: readonly number[]): PastDecision {
  const scores = Float64Array.from(predicted)
  return { target: 'one', values, scores, predicted: scores, blind: Float64Array.of(0, 1) }
}

const times = (n: number, one: PastDecision) => Array.from({ length: n }, () => one)

describe('the calibration', () => {
  it('of nineteen targets is the 18th error of 19, and the shortfall the 19th', () => {
    const found = decisionCalibration(
      Array.from({ length: 19 }, (_, t) => past([0.5, 0.5 + 0.01 * (t + 1)], [0.5, 0.5])),
    )
    expect(found.level).toBe(0.9)
    expect(found.error).toBeCloseTo(0.17, 9)
    expect(found.shortfall).toBeCloseTo(0, 9)
  })

  it('calls candidates within the error as good where the history is too short for the level', () => {
    const { level, error, shortfall } = decisionCalibration(times(4, past([0.6, 0.4], [0.7, 0.3])))
    expect(level).toBe(0.8)
    expect(error).toBeCloseTo(0.1, 9)
    expect(shortfall).toBeCloseTo(error, 9)
  })

  it('finds no harmless gain where following the data gained much, nor on few targets', () => {
    expect(decisionCalibration(times(40, past([0.9, 0.5], [0.6, 0.59]))).blindGain).toBeLessThan(0)
    expect(decisionCalibration(times(2, past([0.6, 0.6], [0.6, 0.59]))).blindGain).toBeLessThan(0)
  })

  it('finds the gain up to which the data-blind first lost little to the first of the decision', () => {
    const small = times(20, past([0.505, 0.5], [0.6, 0.59]))
    const large = times(20, past([0.9, 0.6], [0.9, 0.6]))
    const worse = times(4, past([0.5, 0.6], [0.65, 0.55]))
    expect(decisionCalibration([...small, ...large, ...worse]).blindGain).toBeCloseTo(0.1, 9)
    expect(decisionCalibration([...small, ...large]).blindGain).toBeLessThan(0)
  })

  it('counts one more target in on which as much was lost as ever', () => {
    const small = (n: number) => times(n, past([0.5, 0.501], [0.6, 0.59]))
    const large = past([0.9, 0.1], [0.9, 0.2])
    // 0.8 less 0.001 n is at most 0.02 (n + 1) from n = 38 on.
    expect(decisionCalibration([...small(37), large]).blindGain).toBeLessThan(0)
    expect(decisionCalibration([...small(38), large]).blindGain).toBeCloseTo(0.01, 9)
  })
})

describe('the verdict', () => {
  const candidate = (name: string, value: number) => ({ name, value, low: 0, high: 1, pulls: [] })
  const both = [candidate('lab/first', 0.6), candidate('lab/blind', 0.595)]

  it('cannot tell where several may be the best and the data-blind first is hardly behind', () => {
    const found = judge(both, ['lab/blind', 'lab/first'], { shortfall: 0.05, blindGain: 0.01 })
    expect(found.code).toBe('cannot-tell')
    expect(found.message).toContain('Label some rows')
    expect(found.message).toContain('lab/blind, which comes first without looking at the data')
  })

  it('is as good where the gain is more than harmless, and best where one stands out', () => {
    expect(judge(both, ['lab/blind', 'lab/first'], { shortfall: 0.05, blindGain: 0.001 }).code).toBe('as-good')
    expect(judge(both, ['lab/blind', 'lab/first'], { shortfall: 0.001, blindGain: 0.01 }).code).toBe('best')
    expect(judge(both, ['lab/first', 'lab/blind'], { shortfall: 0.001, blindGain: 0.01 }).code).toBe('best')
  })
})
