import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadTarget, rankResultSchema, type HubRankOptions } from '../../src/hub/index.ts'
import { SCORES } from '../../src/rank/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { ENDLESS } from '../inference/classifier.ts'
import { workersFromSource } from '../inference/from-source.ts'
import { bySign, GOOD, labelled, LIMITS, zoo } from './run-zoo.ts'

beforeAll(workersFromSource)

describe('a ranking by running the models', () => {
  it('is by accuracy where labels are known, with every score that they allow', async () => {
    const { hub, target } = await zoo(...GOOD)
    const result = await hub.rank([target], labelled)
    expect(() => rankResultSchema.parse(result)).not.toThrow()
    expect(result.parameters.by).toEqual(['accuracy'])
    expect(result.results.map(({ model, scores }) => [model, scores.accuracy])).toEqual([
      ['x/right', 1],
      ['x/right-too', 1],
      ['x/turned', 0],
    ])
    const missing = ['nearest-neighbours', 'logistic-probe', 'atc', 'doc', 'cbpe', 'elsewhere']
    const expected = Object.keys(SCORES).filter(name => !missing.includes(name))
    expect(Object.keys(result.results[0].scores).sort()).toEqual(expected.sort())
    expect(result.verdict).toMatchObject({ code: 'as-good', asGood: ['x/right', 'x/right-too'] })
    expect(result.results[2].accuracyInterval![1]).toBeLessThan(0.02)
    expect(result.query).toMatchObject({ rows: 300, datasetRows: 300, labelledRows: 300 })
    // No card states an accuracy: there is no order by it.
    expect(result.baselines).toMatchObject({ sourceAccuracy: [], elsewhere: [] })
    expect(result.baselines.fit.toSorted()).toEqual(['x/right', 'x/right-too', 'x/turned'])
    // The layer is the same in all three: so is what is said of it.
    expect(new Set(result.results.map(({ scores }) => scores.neuralrank)).size).toBe(1)
    expect(result.results.every(({ layer }) => layer === 'dense')).toBe(true)
    await hub.close()
  })

  it('is by what was predicted and the labels together where these are few', async () => {
    const { hub, target } = await zoo(...GOOD)
    const result = await hub.rank([target], { ...labelled, sample: 30 })
    expect(result.query.labelledRows).toBe(30)
    expect(result.parameters.by).toEqual(['expected'])
    for (const { value, low, high, pulls } of result.decision!.predicted) {
      expect(low <= value && value <= high).toBe(true)
      expect(pulls.at(-1)!.evidence).toBe('labels')
      expect(pulls.reduce((sum, { points }) => sum + points, result.decision!.base)).toBeCloseTo(value, 9)
    }
    expect(result.results.at(-1)!.model).toBe('x/turned')
    await hub.close()
  })

  it('refuses a score that needs labels where there are none, and says what a score needs that no model has', async () => {
    const { hub, target, unlabelled } = await zoo(...GOOD)
    for (const options of [{ by: ['confidence', 'neuralrank'] }, { by: ['logistic-probe'] }]) {
      const message = `${unlabelled}: expected rows with a label for ${options.by.at(-1)}, got 0`
      await expect(hub.rank([unlabelled], { limits: LIMITS, ...options })).rejects.toMatchObject({
        code: 'TOO_FEW_ROWS',
        message,
      })
    }
    await expect(hub.rank([unlabelled], { limits: LIMITS, probe: true })).rejects.toThrow(/label for logistic-probe/)
    const { warnings } = await hub.rank([target], { ...labelled, by: ['atc', 'accuracy'] })
    expect(warnings).toEqual(['atc: no model has it; it needs a calibration in the card (modelhub calibrate)'])
    await hub.close()
  })

  it('is by the decision where nothing is known, and says what it expects', async () => {
    const { hub, unlabelled } = await zoo(...GOOD.slice(0, 2), {
      name: 'x/reversed',
      graph: bySign(-5),
      labels: ['high', 'low'],
    })
    const result = await hub.rank([unlabelled], { limits: LIMITS })
    expect(result.parameters.by).toEqual(['expected'])
    const { predicted, basis, base } = result.decision!
    expect(predicted.map(({ model }) => model)).toEqual(result.results.map(({ model }) => model))
    expect(basis.kind).toBe('default')
    for (const { value, low, high, pulls } of predicted) {
      expect(low <= value && value <= high).toBe(true)
      expect(pulls.reduce((sum, { points }) => sum + points, base)).toBeCloseTo(value, 9)
    }
    expect(result.results[0].fit).toBeGreaterThan(0.8)
    expect(result.verdict.code).toBe('unlabelled')
    await hub.close()
  })

  it('warns of camps that disagree, and then does not go by the vote', async () => {
    const { hub, unlabelled } = await zoo(...GOOD, { name: 'x/turned-too', graph: bySign(-1) })
    const result = await hub.rank([unlabelled], { limits: LIMITS })
    expect(result.alarm?.alarm).toBe(true)
    expect(result.alarm?.camps.map(camp => camp.toSorted()).sort()).toEqual([
      ['x/right', 'x/right-too'],
      ['x/turned', 'x/turned-too'],
    ])
    expect(result.parameters.by).toEqual(['expected'])
    expect(result.decision!.basis.evidence).not.toContain('crowd')
    await hub.close()
  })

  it('takes the scores that are asked for, the first deciding', async () => {
    const { hub, target } = await zoo(...GOOD)
    const result = await hub.rank([target], { ...labelled, by: ['confidence', 'accuracy'], probe: true })
    // Scores of 1 instead of 5 are less sure; of equally sure models the more accurate one comes first.
    expect(result.results.map(({ model }) => model)).toEqual(['x/right', 'x/turned', 'x/right-too'])
    expect(result.results[0].scores['logistic-probe']).toBeGreaterThan(0.9)
    await expect(hub.rank([target], { by: ['luck'] })).rejects.toThrow(/^score: expected one of accuracy, .* got luck$/)
    await hub.close()
  })
})

describe('a pick within a margin of the best', () => {
  it('is by measured accuracy, else by the expected one', async () => {
    const { hub, target, unlabelled } = await zoo(...GOOD)
    const result = rankResultSchema.parse(await hub.rank([target], { ...labelled, within: 0.01 }))
    expect(result.pick).toMatchObject({
      ...{ by: 'accuracy', best: 'x/right', margin: 0.01, within: ['x/right', 'x/right-too'] },
      fastest: expect.stringMatching(/^x\/right/) as string,
    })
    const blind = rankResultSchema.parse(await hub.rank([unlabelled], { limits: LIMITS, within: 0.01 }))
    expect(blind.pick).toMatchObject({ by: 'expected', best: blind.decision!.predicted[0].model })
    expect(await hub.rank([target], labelled)).not.toHaveProperty('pick')
    const refused = hub.rank(['/nowhere.csv'], { within: 2 })
    await expect(refused).rejects.toMatchObject({ code: 'OUT_OF_RANGE' })
  })
})

describe('a model that cannot be run', () => {
  it('is a failure with its reason, and changes nothing for the others', async () => {
    const endless = { name: 'x/endless', graph: ENDLESS, labels: ['low', 'high', 'none'] }
    const other = { name: 'x/other', columns: ['a', 'c'] }
    const bad = await zoo(...GOOD, endless, other)
    const limits = { ...LIMITS, seconds: 3 }
    const result = await bad.hub.rank([bad.target], { ...labelled, limits, all: true })
    expect(result.failures).toEqual([
      {
        model: 'x/endless',
        version: 1,
        code: 'MODEL_LIMIT',
        reason: 'it ran longer than the 3 s it is allowed',
      },
      { model: 'x/other', version: 1, code: 'COLUMN_MISSING', reason: expect.stringContaining('c') as string },
    ])
    const good = await zoo(...GOOD)
    const alone = await good.hub.rank([good.target], { ...labelled, all: true })
    const scores = ({ results }: typeof result) =>
      results.map(({ model, scores: found }) => [model, { ...found, fit: 0 }])
    expect(scores(result)).toEqual(scores(alone))
    await bad.hub.close()
    await good.hub.close()
  })

  it('is no reason of its own where no model can be fed', async () => {
    const { hub, target } = await zoo(...GOOD)
    await expect(hub.rank([target], { ...labelled, label: 'nothing' })).rejects.toThrow(/nothing/)
    await expect(hub.rank(['nowhere.csv'], { models: ['x/right'] })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    await hub.close()
  })
})

describe('a report of a ranking', () => {
  it('shows the rows in the layer of each model, and neuralRank against the number of components', async () => {
    const { hub, target, unlabelled } = await zoo(...GOOD)
    const { result, labelled: isLabelled, models } = await hub.rankReport([target], labelled)
    expect(isLabelled).toBe(true)
    expect(models.map(({ rank, model }) => [rank, model])).toEqual(
      result.results.map(({ rank, model }) => [rank, model]),
    )
    const [first] = models
    expect([first.projected.rows, first.projected.dimensions, first.names.length]).toEqual([300, 2, 300])
    expect(first.byDimensions.map(({ dimensions }) => dimensions)).toEqual([1, 2])
    expect(first.byDimensions[1].score).toBeCloseTo(result.results[0].scores.neuralrank, 9)
    const without = await hub.rankReport([unlabelled], { limits: LIMITS })
    expect(without.labelled).toBe(false)
    expect(without.models[0].byDimensions).toEqual([])
    expect(new Set(without.models[0].names)).toEqual(new Set(['low', 'high']))
    await hub.close()
  })
})

describe('a ranking that keeps what models gave', () => {
  it('runs none of them again for another score, and says the same as without', async () => {
    const { hub, target } = await zoo(...GOOD)
    const options = { ...labelled, cache: { folder: join(temporaryFolder(), 'cache') } }
    const plain = await hub.rank([target], labelled)
    const first = await hub.rank([target], options)
    const again = await hub.rank([target], options)
    expect(first.results.map(({ fromCache }) => fromCache)).toEqual([false, false, false])
    expect(again.results.map(({ fromCache }) => fromCache)).toEqual([true, true, true])
    const said = ({ results }: typeof first) => results.map(({ model, scores, layer }) => ({ model, scores, layer }))
    expect(said(again)).toEqual(said(first))
    expect(said(again)).toEqual(said(plain))
    const other = await hub.rank([target], { ...options, by: ['logme'], pca: 1 })
    expect(other.results.every(({ fromCache, millisecondsPerRow }) => fromCache && millisecondsPerRow! > 0)).toBe(true)
    const fewer = await hub.rank([target], { ...options, sample: 100 })
    expect(fewer.results.some(({ fromCache }) => fromCache)).toBe(false)
    await hub.close()
  })

  it('goes on where it was cut off', async () => {
    const { hub, target } = await zoo(...GOOD)
    const options = { ...labelled, cache: { folder: join(temporaryFolder(), 'cache') } }
    const stop = new AbortController()
    let firstIsDone = false
    const onProgress: HubRankOptions['onProgress'] = ({ stage, done, total }) => {
      if (stage !== 'running') return
      if (firstIsDone) stop.abort()
      firstIsDone ||= done * GOOD.length === total
    }
    await expect(hub.rank([target], { ...options, atOnce: 1, signal: stop.signal, onProgress })).rejects.toMatchObject({
      code: 'CANCELLED',
    })
    const resumed = await hub.rank([target], options)
    // The second may have been done before it could be stopped; the third had not its turn.
    const kept = resumed.results.filter(({ fromCache }) => fromCache).length
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(GOOD.length)
    const { results } = await hub.rank([target], labelled)
    expect(resumed.results.map(({ scores }) => scores)).toEqual(results.map(({ scores }) => scores))
    await hub.close()
  })

  it('serves predictions, too', async () => {
    const { hub, target } = await zoo(...GOOD)
    const cache = { folder: join(temporaryFolder(), 'cache') }
    const first = await hub.predict('x/right', [target], { cache })
    let running = 0
    const onProgress: HubRankOptions['onProgress'] = ({ stage }) => (running += stage === 'running' ? 1 : 0)
    expect(await hub.predict('x/right', [target], { cache, onProgress })).toEqual(first)
    expect(running).toBe(0)
    await hub.close()
  })
})

describe('which models are run', () => {
  it('those of the shortlist, those named, or all', async () => {
    const { hub, target } = await zoo(...GOOD)
    const names = async (options: HubRankOptions) =>
      (await hub.rank([target], { ...labelled, ...options })).results.map(({ model }) => model)
    expect(await names({ shortlist: 1 })).toEqual(['x/right'])
    expect(await names({ models: ['x/turned', 'x/right-too@1'] })).toEqual(['x/right-too', 'x/turned'])
    expect(await names({ excludeModels: ['x/right'] })).toEqual(['x/right-too', 'x/turned'])
    await expect(names({ models: ['x/nobody'] })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
    await expect(names({ shortlist: 0 })).rejects.toThrow('shortlist: expected a whole number from 1, got 0')
    await expect(hub.rank(['a.npy'])).rejects.toThrow(/^ready tensors cannot be sketched/)
    await expect(loadTarget(['x=a.npy'])).rejects.toThrow(/^x=a.npy: ready tensors cannot be sketched; run models on/)
    await hub.close()
  })

  it('under a budget the better half on twice the rows', async () => {
    const { hub, target } = await zoo(...GOOD, { name: 'x/turned-too', graph: bySign(-1) })
    const result = await hub.rank([target], { ...labelled, budgetSeconds: 600, sample: 200 })
    expect(result.rounds.map(({ sample, models }) => [sample, models])).toEqual([
      [100, 4],
      [200, 2],
    ])
    expect(result.query.rows).toBe(200)
    expect(result.results.map(({ model }) => model)).toEqual(['x/right', 'x/right-too', 'x/turned', 'x/turned-too'])
    const hurried = await hub.rank([target], { ...labelled, budgetSeconds: 0.001, sample: 200 })
    expect(hurried.rounds).toHaveLength(1)
    await hub.close()
  })

  it('none, once it is cancelled', async () => {
    const { hub, target } = await zoo(...GOOD)
    const aborted = AbortSignal.abort()
    await expect(hub.rank([target], { ...labelled, signal: aborted })).rejects.toMatchObject({ code: 'CANCELLED' })
    await hub.close()
  })
})
