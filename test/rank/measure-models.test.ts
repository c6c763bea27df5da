import { describe, expect, it } from 'vitest'
import { measureModels, SCORES, type ModelAnswers, type ScoreDescription } from '../../src/rank/index.ts'

/** A model of two labels that is as sure of each row as told, of the first label. */
function answers(name: string, sure: readonly number[], labels = ['no', 'yes']): ModelAnswers {
  const values = Float64Array.from(sure.flatMap(p => [p, 1 - p]))
  return { name, labels, probabilities: { rows: sure.length, classes: 2, values } }
}

describe('measured models', () => {
  const rows = { rows: 4, labels: ['no', 'yes', undefined, 'no'] }

  it('have the accuracy of the labelled rows alone', async () => {
    const [one, two] = await measureModels(
      [answers('a/one', [0.9, 0.2, 0.5, 0.1]), answers('a/two', [1, 0, 0, 1])],
      rows,
    )
    expect([one.accuracy, one.rows]).toEqual([2 / 3, 3])
    expect([two.accuracy, two.rows]).toEqual([1, 3])
  })

  it('have every score that needs no labels, of all rows, and none that needs them', async () => {
    const [one] = await measureModels([answers('a/one', [0.9, 0.2, 0.5, 0.1]), answers('a/two', [1, 0, 0, 1])], rows)
    expect(one.scores.confidence).toBeCloseTo((0.9 + 0.8 + 0.5 + 0.9) / 4, 12)
    expect(one.scores).toMatchObject({ vote: expect.any(Number) as number, agreement: 0.5 })
    const needs = Object.keys(one.scores).map(name => (SCORES[name as keyof typeof SCORES] as ScoreDescription).needs)
    expect(new Set(needs)).toEqual(new Set(['nothing']))
  })

  it('have none where no label is one of theirs, or no row has one', async () => {
    const [stranger] = await measureModels([answers('a/one', [1, 1, 1, 1], ['cat', 'dog'])], rows)
    expect(stranger.accuracy).toBeUndefined()
    const [unlabelled] = await measureModels([answers('a/one', [1, 1, 1, 1])], { rows: 4 })
    expect(unlabelled).toMatchObject({ accuracy: undefined, rows: 0 })
  })
})
