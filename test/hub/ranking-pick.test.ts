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

const decision = (values: Readonly<Record<string, number>>): RankResult['decision'] => ({
  ...{
    measure: 'accuracy',
    code: 'as-good',
    asGood: [],
    message: '',
    blindOrder: [],
    dataChangedFirst: false,
    base: 0.5,
  },
  predicted: Object.entries(values).map(([model, value]) => ({ model, value, low: 0, high: 1, pulls: [] })),
  basis: { kind: 'default', datasets: 0, level: 0.9, evidence: [] },
})

describe('rankingPick', () => {
  const results = [
    row('x/a', { accuracy: 0.5, doc: 0.75, fit: 1 }),
    row('x/b', { accuracy: 1, doc: 0.75, fit: 0.5 }, { sizeBytes: 5 }),
  ]
  const ranked = (score: string, expected: RankResult['decision'] = decision({ 'x/a': 0.9, 'x/b': 0.895 })) => ({
    ...{ results, decision: expected, parameters: { by: [score] } },
  })

  it.each([
    ['accuracy', 'accuracy', 'x/b', ['x/b']],
    ['doc', 'doc', 'x/a', ['x/a', 'x/b']],
    ['expected', 'expected', 'x/a', ['x/a', 'x/b']],
    ['fit', 'accuracy', 'x/b', ['x/b']],
  ])('of a ranking by %s goes by %s', (score, by, best, within) => {
    expect(rankingPick(ranked(score), 0.01)).toMatchObject({ by, best, within, smallest: 'x/b' })
  })

  it('goes by what is expected only where nothing was measured', () => {
    const unlabelled = results.map(one => ({ ...one, scores: { fit: one.scores.fit } }))
    const found = rankingPick({ ...ranked('fit'), results: unlabelled }, 0.01)
    expect(found).toMatchObject({ by: 'expected', best: 'x/a', within: ['x/a', 'x/b'] })
    const rows = pickRows({ ...ranked('fit'), results: unlabelled, pick: found })
    expect(rows.map(({ accuracy }) => accuracy)).toEqual([0.9, 0.895, 0.9, 0.9])
  })

  it('says why there is none', () => {
    const reason = expect.stringContaining('fit is no accuracy') as string
    const bare = { ...ranked('fit', null), results: [row('x/a', { fit: 1 })] }
    expect(rankingPick(bare, 0.01)).toEqual({ by: null, reason })
    expect(rankingPick(ranked('atc'), 0.01)).toEqual({ by: null, reason: 'no model has a value of atc' })
  })

  it('is four lines of a table', () => {
    const result = { ...ranked('doc'), pick: rankingPick(ranked('doc'), 0.01) }
    expect(pickRows(result).map(({ what, accuracy, row }) => [what, row?.model, accuracy])).toEqual([
      ['best', 'x/a', 0.75],
      ['smallest', 'x/b', 0.75],
      ['fastest', 'x/a', 0.75],
      ['freest licence', 'x/a', 0.75],
    ])
    expect(pickRows(ranked('doc'))).toEqual([])
  })
})
