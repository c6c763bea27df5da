import { describe, expect, it } from 'vitest'
import type { RankResult } from '../../src/hub/index.ts'
import { pickRows, rankingPick } from '../../src/hub/ranking-pick.ts'

type Row = RankResult['results'][number]

const row = (model: string, scores: Row['scores'], more: Partial<Row> = {}): Row => ({
  ...{
    rank: 1,
    model,
    version: 1,
    score: null,
    scores,
    accuracyInterval: null,
    fit: null,
    labelsKnown: null,
    elsewhere: null,
    layers: [],
  },
  ...{ layer: null, sourceAccuracy: null, sizeBytes: 10, license: 'mit', millisecondsPerRow: 1, fromCache: false },
  ...more,
})

describe('rankingPick', () => {
  const rows = [
    row('x/a', { accuracy: 0.5, doc: 0.75, fit: 1 }, { predicted: { value: 0.9 } }),
    row('x/b', { accuracy: 1, doc: 0.75, fit: 0.5 }, { sizeBytes: 5, predicted: { value: 0.895 } }),
  ]

  it.each([
    ['accuracy', 'accuracy', 'x/b', ['x/b']],
    ['doc', 'doc', 'x/a', ['x/a', 'x/b']],
    ['fit', 'predicted', 'x/a', ['x/a', 'x/b']],
  ])('of a ranking by %s goes by %s', (score, by, best, within) => {
    expect(rankingPick(rows, [score], 0.01)).toMatchObject({ by, best, within, smallest: 'x/b' })
  })

  it('says why there is none', () => {
    const plain = [row('x/a', { fit: 1 })]
    expect(rankingPick(plain, ['fit'], 0.01)).toMatchObject({ by: null })
    expect(rankingPick(plain, ['atc'], 0.01)).toEqual({ by: null, reason: 'no model has a value of atc' })
  })

  it('is four lines of a table', () => {
    const result = { results: rows, pick: rankingPick(rows, ['doc'], 0.01) }
    expect(pickRows(result).map(({ what, accuracy, row }) => [what, row?.model, accuracy])).toEqual([
      ['best', 'x/a', 0.75],
      ['smallest', 'x/b', 0.75],
      ['fastest', 'x/a', 0.75],
      ['freest licence', 'x/a', 0.75],
    ])
    expect(pickRows({ results: rows })).toEqual([])
  })
})
