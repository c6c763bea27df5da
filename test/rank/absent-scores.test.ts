import { describe, expect, it } from 'vitest'
import { absentScores, SCORES, type ScoreDescription } from '../../src/rank/index.ts'

const having = (...names: string[]) => ({ scores: new Map(names.map(name => [name, 1])) })

describe('scores that no model has', () => {
  it('are told with what they need', () => {
    expect(absentScores(['soft-f1', 'vote', 'elsewhere'], [having('vote'), having()])).toEqual([
      'soft-f1: no model has it; it needs at least two models, of two labels in all',
      'elsewhere: no model has it; it needs other labelled datasets in the hub (modelhub evaluate)',
    ])
  })

  it('are not told where a model has them, where none was run, nor of what is no score', () => {
    expect(absentScores(['vote'], [having(), having('vote')])).toEqual([])
    expect(absentScores(['vote'], [])).toEqual([])
    expect(absentScores(['expected'], [having()])).toEqual([])
  })

  it('all say what they need, but those that every model has', () => {
    const always = Object.entries<ScoreDescription>(SCORES).filter(([, { requires }]) => requires === undefined)
    expect(always.map(([name]) => name)).toEqual(['confidence', 'entropy', 'margin', 'nuclear-norm'])
  })
})
