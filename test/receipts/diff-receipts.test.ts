import { describe, expect, it } from 'vitest'
import { diffReceipts, type Receipt, type ReceiptContent } from '../../src/receipts/index.ts'
import { row, searchContent } from './made-receipts.ts'

const receipt = (id: string, content: ReceiptContent): Receipt => ({ id, ...content })
const withResult = (content: ReceiptContent, result: Partial<ReceiptContent['result']>): ReceiptContent => ({
  ...content,
  result: { ...content.result, ...result },
})
const base = searchContent([row('x/one', 1, 0.75, { fit: 0.75 }), row('x/two', 2, 0.5, { fit: 0.5 })])

describe('diffReceipts', () => {
  it('finds nothing between a receipt and itself', () => {
    expect(diffReceipts(receipt('a', base), receipt('b', base))).toMatchObject({
      target: { same: true, changes: [] },
      versions: [],
      parameters: [],
      considered: { added: [], removed: [], otherVersion: [] },
      score: 'fit',
      firstChanged: false,
      models: [
        { model: 'x/one', moved: 0, scoreDifference: 0, evidence: [] },
        { model: 'x/two', moved: 0, scoreDifference: 0, evidence: [] },
      ],
    })
  })

  it('tells places, scores and evidence that changed, and models that came and went', () => {
    const now = searchContent([
      row('x/two', 1, 0.75, { fit: 0.75, version: 2 }),
      row('x/new', 2, 0.625, { fit: 0.625 }),
    ])
    const diff = diffReceipts(receipt('a', base), receipt('b', now))
    expect(diff.considered).toEqual({
      added: ['x/new'],
      removed: ['x/one'],
      otherVersion: [{ model: 'x/two', a: '1', b: '2' }],
    })
    expect(diff.firstChanged).toBe(true)
    expect(diff.models).toEqual([
      {
        model: 'x/one',
        a: { rank: 1, version: 1, score: 0.75 },
        b: null,
        moved: null,
        scoreDifference: null,
        evidence: [],
      },
      {
        model: 'x/two',
        a: { rank: 2, version: 1, score: 0.5 },
        b: { rank: 1, version: 2, score: 0.75 },
        moved: 1,
        scoreDifference: 0.25,
        evidence: [{ name: 'fit', a: 0.5, b: 0.75 }],
      },
      {
        model: 'x/new',
        a: null,
        b: { rank: 2, version: 1, score: 0.625 },
        moved: null,
        scoreDifference: null,
        evidence: [],
      },
    ])
    expect(diff.verdicts).toEqual({ a: 'x/one fits best', b: 'x/two fits best' })
  })

  it('tells parameters and versions that changed', () => {
    const now = { ...withResult(base, { parameters: { metric: 'fit', top: 3 }, hubRevision: 9 }), options: {} }
    const { parameters, versions } = diffReceipts(receipt('a', base), receipt('b', now))
    expect(parameters).toEqual([
      { name: 'label', a: 'outcome', b: null },
      { name: 'top', a: 10, b: 3 },
    ])
    expect(versions).toEqual([{ name: 'revision', a: 3, b: 9 }])
  })

  it('does not compare scores of different kinds', () => {
    const byJs = withResult(base, { parameters: { metric: 'js' } })
    const { score, models } = diffReceipts(receipt('a', base), receipt('b', byJs))
    expect([score, models.map(({ scoreDifference }) => scoreDifference)]).toEqual([null, [null, null]])
  })

  it('reads the scores of models that were run, and what a search and a ranking have in common', () => {
    const run = { ...base, kind: 'rank' as const }
    const ranked = (accuracy: number): ReceiptContent =>
      withResult(run, {
        parameters: { by: ['accuracy'] },
        results: [row('x/one', 1, accuracy, { fit: 0.625, scores: { accuracy, fit: 0.625 } })],
      })
    const both = diffReceipts(receipt('a', ranked(0.5)), receipt('b', ranked(0.75)))
    expect(both).toMatchObject({ score: 'accuracy', models: [{ scoreDifference: 0.25 }] })
    expect(both.models[0].evidence).toEqual([{ name: 'accuracy', a: 0.5, b: 0.75 }])
    const across = diffReceipts(receipt('a', base), receipt('b', ranked(0.5)))
    expect(across.score).toBeNull()
    expect(across.models[0].evidence).toEqual([{ name: 'fit', a: 0.75, b: 0.625 }])
  })
})

describe('the runs of two searches', () => {
  const ranSearch = (accuracy: number, sample: number): ReceiptContent =>
    withResult(base, {
      run: {
        parameters: { by: ['accuracy'], sample },
        results: [row('x/two', 1, accuracy), row('x/one', 2, 0.25)],
        verdict: { message: `x/two ${accuracy}` },
      },
    })

  it('are compared beside what was found', () => {
    const { run, models } = diffReceipts(receipt('a', ranSearch(0.5, 100)), receipt('b', ranSearch(0.75, 200)))
    expect(models.map(({ scoreDifference }) => scoreDifference)).toEqual([0, 0])
    expect(run).toMatchObject({ score: 'accuracy', firstChanged: false })
    expect(run!.parameters).toEqual([{ name: 'sample', a: 100, b: 200 }])
    expect(run!.models.map(({ model, scoreDifference }) => [model, scoreDifference])).toEqual([
      ['x/two', 0.25],
      ['x/one', 0],
    ])
    expect(run!.verdicts).toEqual({ a: 'x/two 0.5', b: 'x/two 0.75' })
  })

  it('are left out where one of the two ran nothing', () => {
    expect(diffReceipts(receipt('a', ranSearch(0.5, 100)), receipt('b', base))).not.toHaveProperty('run')
    const nothing = withResult(base, { run: null })
    expect(diffReceipts(receipt('a', nothing), receipt('b', nothing))).not.toHaveProperty('run')
  })
})

describe('whether the target is the same', () => {
  const sha = (letter: string) => letter.repeat(64)
  const target = (file: string | null, query: Partial<ReceiptContent['result']['query']>): Receipt =>
    receipt('r', {
      ...withResult(base, { query: { ...base.result.query, ...query } }),
      target: [{ place: 'visits.csv', sha256: file }],
    })
  const same = (a: Receipt, b: Receipt) => diffReceipts(a, b).target.same

  it('follows the sketch, and the file where labels alone differ', () => {
    const known = { sketchSha256: sha('a') }
    expect(same(target(null, known), target(null, known))).toBe(true)
    expect(same(target(null, known), target(null, { sketchSha256: sha('c') }))).toBe(false)
    expect(same(target(sha('d'), known), target(sha('e'), known))).toBe(false)
    expect(same(target(sha('d'), known), target(null, known))).toBe(true)
  })

  it('follows the inputs only where a sketch is missing, as they follow the first model too', () => {
    const [first, other] = ['1', '2'].map(letter => ({ inputsSha256: sha(letter) }))
    const sketched = { sketchSha256: sha('a') }
    const unsketched = { sketchSha256: null }
    expect(same(target(null, { ...sketched, ...first }), target(null, { ...sketched, ...other }))).toBe(true)
    expect(same(target(null, { ...unsketched, ...first }), target(null, { ...unsketched, ...first }))).toBe(true)
    expect(same(target(null, { ...unsketched, ...first }), target(null, { ...unsketched, ...other }))).toBe(false)
    expect(same(target(null, unsketched), target(null, unsketched))).toBeNull()
  })
})
