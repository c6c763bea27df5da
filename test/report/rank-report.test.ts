import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { renderPulls } from '../../src/cli/render-pulls.ts'
import type { RankReport } from '../../src/hub/index.ts'
import { renderRankReport } from '../../src/report/index.ts'

const row = (model: string, rank: number, neuralrank: number) => ({
  ...{
    rank,
    model,
    version: 1,
    score: neuralrank,
    scores: { neuralrank, confidence: 0.9 },
    accuracyInterval: null,
    fit: 0.5,
    elsewhere: null,
    labelsKnown: 1,
  },
  ...{
    layer: 'dense',
    layers: [],
    sourceAccuracy: 0.8,
    sizeBytes: 1000,
    license: 'mit',
    millisecondsPerRow: null,
    fromCache: true,
  },
})
const result: RankReport['result'] = {
  query: { source: '<b>.csv', rows: 4, datasetRows: 9, labelledRows: 4, sketchSha256: null, inputsSha256: 'ab' },
  parameters: {
    by: ['neuralrank'],
    sample: 4,
    seed: 0,
    layer: 'last',
    layers: ['last'],
    pca: 10,
    distance: 'cosine',
    b: 'mean',
  },
  results: [row('x/one', 1, 0.75), row('x/two', 2, 0.5)],
  failures: [{ model: 'x/bad', version: 3, code: 'MODEL_FAILED', reason: 'tensor y: row 0 holds NaN' }],
  alarm: { alarm: true, reason: 'two camps', camps: [] },
  ...{
    rounds: [],
    considered: [],
    hubRevision: 0,
    baselines: { sourceAccuracy: [], fit: [], elsewhere: [] },
    verdict: { code: 'best', asGood: [], message: 'one is best' },
    decision: null,
    leftOut: [],
    warnings: [],
    elapsedMs: 1,
  },
}
const run = (model: string, rank: number, dimensions: number): RankReport['models'][number] => ({
  ...{ model, rank, version: 1, names: ['cat', '<dog>', 'cat', '<dog>'] },
  projected: { rows: 4, dimensions, values: Float64Array.from({ length: 4 * dimensions }, (_, i) => i % 5) },
  byDimensions: [1, 2, 3].map(d => ({ dimensions: d, score: d / 10 })),
  layers: [],
})
const report: RankReport = { result, labelled: true, models: [run('x/one', 1, 3), run('x/two', 2, 2)] }
const body = async (of: RankReport) => parseHTML(await renderRankReport(of, new Date(0))).document

interface Drawn {
  readonly textContent: string
  getAttribute(name: string): string | null
  querySelectorAll(selector: string): Iterable<Drawn>
}
const all = (within: { querySelectorAll(selector: string): unknown }, selector: string): Drawn[] =>
  Array.from(within.querySelectorAll(selector) as Iterable<Drawn>)

describe('the report of a ranking', () => {
  it('has what to take instead of the best, where that was asked for', async () => {
    const none = { by: null, reason: 'x is <no> accuracy' }
    const pick = { by: 'accuracy', best: 'x/one', margin: 0.01, within: ['x/one', 'x/two'], smallest: 'x/two' }
    const withPick = (of: object) => body({ ...report, result: { ...result, pick: of as typeof none } })
    const page = await withPick({ ...pick, fastest: null, freest: 'x/one', front: ['x/one', 'x/two'] })
    const cells = all(page, '#pick tbody tr').map(({ textContent }) => textContent.replace(/\s+/g, ' '))
    expect(cells[1]).toMatch(/^smallest ?x\/two/)
    expect(cells[2]).toMatch(/^fastest ?not known/)
    expect((await withPick(none)).querySelector('#pick')!.textContent).toContain('x is <no> accuracy')
    expect((await body(report)).querySelector('#pick')).toBeNull()
  })

  it('has the ranking, every score, failures and the alarm, with all text escaped', async () => {
    const page = await body(report)
    expect(page.querySelector('h1')!.textContent).toBe('Models run on <b>.csv')
    const cells = all(page, '#ranking tbody tr').map(({ textContent }) => textContent.replace(/\s+/g, ' '))
    expect(cells).toHaveLength(2)
    expect(cells[0]).toContain('x/one@1 0.7500')
    expect(page.querySelectorAll('#scores tbody tr')).toHaveLength(2)
    expect(page.body.textContent).toContain('x/bad@3 could not be run: tensor y: row 0 holds NaN')
    expect(all(page, '.verdict').map(({ textContent }) => textContent)).toEqual([
      'one is best',
      'Agreement cannot be trusted here: two camps',
    ])
    expect(page.querySelectorAll('script, dog, b')).toHaveLength(0)
  })

  it('draws three views of three components and a cube, one of two, each row as a dot in the colour of its name', async () => {
    const page = await body(report)
    const charts = all(page, '#projections .model').map(model => all(model, 'svg'))
    expect(charts.map(({ length }) => length)).toEqual([4, 1])
    const dots = all(charts[0][0], 'circle').map(dot => dot.getAttribute('fill'))
    expect(dots).toHaveLength(4)
    expect([dots[0], dots[1]]).toEqual([dots[2], dots[3]])
    expect(dots[0]).not.toBe(dots[1])
    const key = all(page, '#projections .names span').map(({ textContent }) => textContent)
    expect(key).toEqual(['<dog>', 'cat'])
  })

  it('draws every layer as a plane and a cube below the scores by layer, where several were looked at', async () => {
    expect((await body(report)).querySelector('#layers')).toBeNull()
    const layer = (name: string, score: number) => ({ layer: name, width: 3, scores: { neuralrank: score } })
    const results = [
      { ...result.results[0], layers: [layer('<conv>', 0.25), layer('dense', 0.75)] },
      { ...result.results[1], layers: [layer('dense', 0.5)] },
    ]
    const { projected, names } = report.models[0]
    const layers = ['<conv>', 'dense'].map(name => ({ layer: name, projected, names }))
    const models = [{ ...report.models[0], layers }, report.models[1]]
    const page = await body({ ...report, result: { ...result, results }, models })
    const cells = all(page, '#layers tbody tr').map(row => all(row, 'td').map(({ textContent }) => textContent))
    expect(cells).toEqual([
      ['0.2500<conv>, 3', '0.7500dense, 3'],
      ['0.5000dense, 3', '–'],
    ])
    expect(all(page, '#layers td.ranked').map(({ textContent }) => textContent)).toEqual([
      '0.7500dense, 3',
      '0.5000dense, 3',
    ])
    expect(page.querySelectorAll('#layers svg')).toHaveLength(4)
    expect(page.querySelectorAll('conv')).toHaveLength(0)
  })

  it('draws the score against D, a line a model; nothing of it without labels', async () => {
    const page = await body(report)
    expect(page.querySelectorAll('#dimensions [aria-label="line"] path')).toHaveLength(2)
    const models = report.models.map(model => ({ ...model, byDimensions: [] }))
    expect((await body({ ...report, labelled: false, models })).querySelector('#dimensions')).toBeNull()
    expect((await body({ ...report, models: [] })).querySelector('#projections')).toBeNull()
  })
})

describe('the report of a ranking without labels', () => {
  const decided: RankReport['result'] = {
    ...result,
    receipt: '1f3k9a2bc',
    parameters: { ...result.parameters, by: ['expected'] },
    query: { ...result.query, labelledRows: 0 },
    decision: {
      ...{ measure: 'f1', code: 'best', asGood: ['x/one'], message: 'x/one is expected to be the best.', base: 0.5 },
      ...{ blindOrder: ['x/two', 'x/one'], dataChangedFirst: true },
      predicted: [
        { model: 'x/one', value: 0.75, low: 0.625, high: 0.875, pulls: [{ evidence: 'fit', points: 0.25 }] },
        { model: 'x/gone', value: 0.5, low: 0.25, high: 0.625, pulls: [{ evidence: 'fit', points: 0 }] },
      ],
      basis: { kind: 'history', datasets: 7, level: 0.9, evidence: ['fit', 'vote'] },
    },
  }

  it('shows what is expected with its interval, what that rests on, and the receipt', async () => {
    const page = await renderRankReport({ result: decided, models: [], labelled: false }, new Date(0))
    const { document } = parseHTML(page)
    const heads = [...document.querySelectorAll('#ranking th')].map(cell => cell.textContent)
    expect(heads).toContain('expected F1')
    const cells = [...document.querySelectorAll('#ranking td.expected')].map(cell => cell.textContent)
    expect(cells).toEqual(['0.75 (0.63–0.88)', '–'])
    expect(document.querySelector('.decision')!.textContent).toMatch(
      /expected to be the best.*history of 7 datasets.*x\/two/s,
    )
    expect(document.querySelector('footer')!.textContent).toContain('Receipt 1f3k9a2bc.')
  })

  it('says why: the pulls of the models in the table, as the terminal has them', async () => {
    const page = await body({ result: decided, models: [], labelled: false })
    const rows = all(page, '#pulls tr').map(row => all(row, 'th, td').map(({ textContent }) => textContent))
    expect(rows).toEqual([
      ['pull from 50.0, points', 'x/one'],
      ['fit', '+25.0'],
      ['expected', '75.0'],
    ])
    const terminal = renderPulls(decided).split('\n')
    for (const [evidence, points] of rows) {
      expect(
        terminal
          .find(line => line.startsWith(evidence!))!
          .split(/ {2,}/)
          .slice(0, 2),
      ).toEqual([evidence, points])
    }
    expect(page.querySelector('#pulls p')!.textContent).toMatch(/points of F1/)
    const withLabels = { ...result, decision: null }
    expect((await body({ ...report, result: withLabels })).querySelector('#pulls')).toBeNull()
  })
})
