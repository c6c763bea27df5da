import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  evaluationResultSchema,
  loadTarget,
  searchResultSchema,
  type Hub,
  type HubEvaluateOptions,
} from '../../src/hub/index.ts'
import { METRICS } from '../../src/search/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { ENDLESS } from '../inference/classifier.ts'
import { workersFromSource } from '../inference/from-source.ts'
import { modelBytes } from '../onnx-models.ts'
import { csvOf, makeModelFolder, sketchColumns, uniformColumns } from './made-models.ts'
import { bySign, GOOD, LIMITS, zoo } from './run-zoo.ts'

const options: HubEvaluateOptions = { label: 'y', limits: LIMITS }

/** A table of 100 rows beside another one; of `right` rows in a hundred the label follows the sign of a. */
function table(beside: string, name: string, { right = 100, seed = 5, labels = ['low', 'high'] } = {}): string {
  const columns = uniformColumns({ a: -0.5, b: -0.5 }, { rows: 100, seed })
  const y = Array.from(columns.a, (a, i) => labels[Number(a > 0 === i < right)])
  const path = join(dirname(beside), name)
  writeFileSync(path, csvOf({ ...columns, y }))
  return path
}

/** Publishes a model that is always right, whose card names a dataset. */
async function publishNaming(hub: Hub, name: string, dataset: string): Promise<void> {
  const input = { kind: 'table' as const, tensors: [{ name: 'x', shape: ['N', 2], type: 'float32' as const }] }
  const modelhub = { input: { ...input, columns: ['a', 'b'] }, labels: ['low', 'high'], calibration: undefined }
  const sketch = await sketchColumns(uniformColumns({ a: -0.5, b: -0.5 }, { seed: 3 }))
  const card = { datasets: [dataset] }
  const folder = makeModelFolder(temporaryFolder(), { name, onnx: modelBytes(bySign(5)), sketch, card, modelhub })
  await hub.publish({ folder })
}

const matrix = async (hub: Hub) =>
  (await hub.history()).map(({ dataset, model, value, own }) => `${dataset} ${model} ${value}${own ? ' own' : ''}`)
/** The same up to the order of sums: the vote adds up models in the order in which they ran. */
const closeTo = (scores: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, expect.closeTo(score, 12) as number]))
const at = (...places: string[]) => places.map(place => ({ places: [place] }))

beforeAll(workersFromSource)

describe('an evaluation', () => {
  it('puts every model to every dataset and keeps what came out', async () => {
    const { hub, target } = await zoo(...GOOD)
    const result = await hub.evaluate(at(target, table(target, 'most.csv', { right: 75 })), options)
    expect(() => evaluationResultSchema.parse(result)).not.toThrow()
    expect(result.evaluations.map(({ dataset, model, value, rows }) => [dataset, model, value, rows])).toEqual([
      ['most', 'x/right', 0.75, 100],
      ['most', 'x/right-too', 0.75, 100],
      ['most', 'x/turned', 0.25, 100],
      ['target', 'x/right', 1, 300],
      ['target', 'x/right-too', 1, 300],
      ['target', 'x/turned', 0, 300],
    ])
    expect(result.models).toEqual([
      { model: 'x/right', version: 1, elsewhere: 0.875, datasets: 2 },
      { model: 'x/right-too', version: 1, elsewhere: 0.875, datasets: 2 },
      { model: 'x/turned', version: 1, elsewhere: 0.125, datasets: 2 },
    ])
    expect(result.datasets).toMatchObject([
      { name: 'target', evaluated: 3, stored: 0, own: [] },
      { name: 'most', evaluated: 3, stored: 0 },
    ])
    expect((await hub.history()).map(({ value }) => value)).toEqual(result.evaluations.map(({ value }) => value))
  })

  it('keeps what a search and a ranking without labels say of each pair', async () => {
    const { hub, target, unlabelled } = await zoo(...GOOD)
    await hub.evaluate(at(target), options)
    const ranked = await hub.rank([unlabelled], { limits: LIMITS, all: true })
    const [{ scores, model }] = await hub.history({ model: 'x/right' })
    const same = ranked.results.find(result => result.model === model)!
    // The unlabelled target goes by another name, but is the same data: its history is not told.
    expect(same.scores).not.toHaveProperty('elsewhere')
    const said = Object.entries(same.scores).filter(([name]) => name !== 'expected')
    expect(scores).toMatchObject(closeTo(Object.fromEntries(said)))
    const expected = Object.keys(METRICS).filter(name => !['mmd', 'source-accuracy'].includes(name))
    expect(Object.keys(scores)).toEqual(expect.arrayContaining([...expected, 'overlap']))
    expect(scores).not.toHaveProperty('accuracy')
  })

  it('runs what fits, or what is named', async () => {
    const { hub, target } = await zoo(...GOOD)
    const other = join(dirname(target), 'other.csv')
    writeFileSync(
      other,
      csvOf({ ...uniformColumns({ c: 5, d: 90, e: 7 }), y: Array.from({ length: 400 }, () => 'low') }),
    )
    const { failures, datasets } = await hub.evaluate(at(target, other), { ...options, models: ['x/turned@1'] })
    expect(datasets[0]).toMatchObject({ name: 'target', evaluated: 1 })
    expect(failures).toMatchObject([{ dataset: 'other', model: null, code: 'COLUMN_MISSING' }])
    expect(await matrix(hub)).toEqual(['target x/turned 0'])
    await expect(hub.evaluate(at(other), options)).rejects.toThrow('no model of the hub shares enough features')
  })

  it('tells own datasets, and leaves them out of the means', async () => {
    const { hub, target } = await zoo(...GOOD.slice(1))
    await publishNaming(hub, 'x/right', 'most')
    const most = table(target, 'most.csv', { right: 75 })
    const first = await hub.evaluate(at(target, most), options)
    expect(first.datasets[1].own).toEqual([{ model: 'x/right', version: 1, why: 'named by the card' }])
    expect(first.models[0]).toMatchObject({ model: 'x/right', elsewhere: 1, datasets: 1 })
    // Told later, of what the history has already.
    const later = await hub.evaluate(at(target, most), { ...options, own: { target: ['x/turned'] } })
    expect(later.datasets[0]).toMatchObject({ evaluated: 0, stored: 3, own: [{ model: 'x/turned', why: 'told' }] })
    expect(await matrix(hub)).toEqual([
      ...['most x/right 0.75 own', 'most x/right-too 0.75', 'most x/turned 0.25'],
      ...['target x/right 1', 'target x/right-too 1', 'target x/turned 0 own'],
    ])
    await hub.evaluate(at(target, most), options)
    expect((await matrix(hub))[5]).toBe('target x/turned 0 own')
    await expect(hub.evaluate(at(target), { ...options, own: { elsewhere: ['x/right'] } })).rejects.toThrow(
      'own: expected the name of a dataset, got elsewhere',
    )
    await expect(hub.evaluate(at(target), { ...options, own: { target: ['x/nobody'] } })).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    })
  })

  it('refuses datasets without a name of their own', async () => {
    const { hub, target } = await zoo(GOOD[0])
    const other = join(dirname(target), 'other')
    mkdirSync(other)
    const same = join(other, 'target.csv')
    writeFileSync(same, readFileSync(target))
    await expect(hub.evaluate([{ places: [target, same] }], options)).rejects.toThrow('expected a name, as NAME=DATA')
    await expect(hub.evaluate(at(target, same), options)).rejects.toThrow('target: expected one dataset of that name')
    await expect(hub.evaluate([], options)).rejects.toThrow('datasets: expected at least one')
  })
})

describe('what goes wrong in an evaluation', () => {
  it('is a failure with its reason, and changes nothing for the others', async () => {
    const stranger = { name: 'x/stranger', labels: ['cat', 'dog'] }
    const endless = { name: 'x/endless', graph: ENDLESS, labels: ['low', 'high', 'none'] }
    const { hub, target } = await zoo(...GOOD.slice(0, 2), stranger, endless)
    const result = await hub.evaluate([...at(target), { name: 'gone', places: ['gone.csv'] }], {
      ...options,
      limits: { ...LIMITS, seconds: 8 },
    })
    expect(result.failures.map(({ dataset, model, code }) => [dataset, model, code])).toEqual([
      ['gone', null, 'FILE_NOT_FOUND'],
      ['target', 'x/endless', 'MODEL_LIMIT'],
      ['target', 'x/stranger', 'MODEL_MISMATCH'],
    ])
    expect(await matrix(hub)).toEqual(['target x/right 1', 'target x/right-too 1'])
  })

  it('is told at once where it is the same for all', async () => {
    const { hub, target, unlabelled } = await zoo(...GOOD)
    await expect(hub.evaluate(at(unlabelled), { limits: LIMITS })).rejects.toMatchObject({
      code: 'TOO_FEW_ROWS',
      message: `${unlabelled}: expected rows with a label for an evaluation, got 0`,
    })
    await expect(hub.evaluate(at(target), { ...options, label: 'z' })).rejects.toMatchObject({ code: 'COLUMN_MISSING' })
    expect(await hub.history()).toEqual([])
  })
})

describe('an evaluation done again', () => {
  it('runs only what is new, and then all for what they say of each other', async () => {
    const { hub, target } = await zoo(...GOOD)
    const cache = { folder: join(temporaryFolder(), 'cache') }
    let ran = 0
    const onProgress: HubEvaluateOptions['onProgress'] = ({ done, total }) => (ran = Math.max(ran, done / total!))
    await hub.evaluate(at(target), { ...options, cache, models: ['x/right', 'x/right-too'], onProgress })
    expect(ran).toBe(1)
    const [before] = await hub.history({ model: 'x/right' })
    const same = await hub.evaluate(at(target), { ...options, models: ['x/right', 'x/right-too'] })
    expect(same.datasets).toMatchObject([{ evaluated: 0, stored: 2 }])
    expect((await hub.history({ model: 'x/right' }))[0]).toEqual(before)
    const more = await hub.evaluate(at(target), { ...options, cache })
    expect(more.datasets).toMatchObject([{ evaluated: 1, stored: 2 }])
    const [after] = await hub.history({ model: 'x/right' })
    expect([before.scores.agreement, after.scores.agreement]).toEqual([1, 0.5])
    const again = await hub.evaluate(at(target), { ...options, cache, again: true })
    expect(again.datasets).toMatchObject([{ evaluated: 3, stored: 0 }])
    expect((await hub.history({ model: 'x/right' }))[0].scores).toEqual(closeTo(after.scores))
  })

  it('goes on after the last dataset that was done', async () => {
    const { hub, target } = await zoo(...GOOD)
    const places = at(target, table(target, 'one.csv'), table(target, 'two.csv', { right: 75, seed: 6 }))
    const stop = new AbortController()
    // In the middle of the second of three datasets of three models.
    const onProgress: HubEvaluateOptions['onProgress'] = ({ done }) => {
      if (done === 4) stop.abort()
    }
    await expect(hub.evaluate(places, { ...options, signal: stop.signal, onProgress })).rejects.toMatchObject({
      code: 'CANCELLED',
      message: expect.stringMatching(/; 1 of 3 datasets are recorded; the same again goes on from there$/) as string,
    })
    expect(await matrix(hub)).toEqual(['target x/right 1', 'target x/right-too 1', 'target x/turned 0'])
    const { datasets } = await hub.evaluate(places, options)
    expect(datasets.map(({ evaluated, stored }) => [evaluated, stored])).toEqual([
      [0, 3],
      [3, 0],
      [3, 0],
    ])
  })

  it('of other data under the same name takes the place of the earlier, and says so', async () => {
    const { hub, target } = await zoo(...GOOD)
    const path = table(target, 'day.csv')
    await hub.evaluate(at(path), options)
    table(target, 'day.csv', { right: 50, seed: 8 })
    const { warnings } = await hub.evaluate(at(path), options)
    expect(warnings).toContain('day: the data are others than before: 3 earlier evaluations dropped')
    expect(await matrix(hub)).toEqual(['day x/right 0.5', 'day x/right-too 0.5', 'day x/turned 0.5'])
    expect(await hub.removeHistory('day')).toBe(3)
    expect(await hub.history()).toEqual([])
  })
})

describe('accuracy elsewhere', () => {
  it('is a baseline and a score of a ranking, without the target itself and without what is own', async () => {
    const { hub, target, unlabelled } = await zoo(...GOOD, { name: 'x/turned-too', graph: bySign(-1) })
    const most = table(target, 'most.csv', { right: 75 })
    await hub.evaluate(at(target, most), { ...options, own: { most: ['x/right'] } })
    const on = async (place: string, more = {}) => {
      const { results, baselines } = await hub.rank([place], { limits: LIMITS, all: true, ...more })
      const told = Object.fromEntries(
        results.map(({ model, elsewhere, scores }) => {
          expect(scores.elsewhere ?? null).toBe(elsewhere)
          return [model, elsewhere]
        }),
      )
      return { told, order: baselines.elsewhere }
    }
    const never = table(target, 'never.csv', { seed: 9 })
    expect(await on(never, { label: 'y' })).toEqual({
      told: { 'x/right': 1, 'x/right-too': 0.875, 'x/turned': 0.125, 'x/turned-too': 0.125 },
      order: ['x/right', 'x/right-too', 'x/turned', 'x/turned-too'],
    })
    const butTarget = {
      told: { 'x/right': null, 'x/right-too': 0.75, 'x/turned': 0.25, 'x/turned-too': 0.25 },
      order: ['x/right-too', 'x/turned', 'x/turned-too'],
    }
    expect(await on(target, { label: 'y' })).toEqual(butTarget)
    // The same data under another name and without labels.
    expect(await on(unlabelled)).toEqual(butTarget)
    const { results } = await hub.rank([never], { limits: LIMITS, all: true, by: ['elsewhere'] })
    expect(results[0].model).toBe('x/right')
  })

  it('is a baseline of a search', async () => {
    const { loadTarget } = await import('../../src/hub/index.ts')
    const { hub, target } = await zoo(...GOOD)
    const never = await loadTarget([table(target, 'never.csv', { seed: 9 })], { label: 'y' })
    const before = await hub.search(never)
    expect([before.baselines.elsewhere, before.results[0].elsewhere]).toEqual([[], null])
    await hub.evaluate(at(target), options)
    const after = await hub.search(never)
    expect(after.baselines.elsewhere).toEqual(['x/right', 'x/right-too', 'x/turned'])
    expect(after.results.find(({ model }) => model === 'x/turned')!.elsewhere).toBe(0)
    expect((await hub.search(await loadTarget([target], { label: 'y' }))).baselines.elsewhere).toEqual([])
    await hub.remove('x/right@1')
    expect((await hub.search(never)).baselines.elsewhere).toEqual(['x/right-too', 'x/turned'])
  })
})

describe('a history of F1', () => {
  const measureF1 = { ...options, measure: 'f1' } as const

  it('holds the F1 of the rarer label, in place of an accuracy', async () => {
    const { hub, target } = await zoo({ name: 'x/right' })
    const half = table(target, 'half.csv', { right: 50 })
    await hub.evaluate(at(half), options)
    const { evaluations, models } = await hub.evaluate(at(half), measureF1)
    const lines = readFileSync(half, 'utf8').trim().split('\n').slice(1)
    const [first, y] = [0, 2].map(column => lines.map(line => line.split(',')[column]))
    const highs = y.filter(label => label === 'high').length
    const positive = highs < 50 ? 'high' : 'low'
    const said = first.map(a => (Number(a) > 0 ? 'high' : 'low'))
    const right = y.filter((label, row) => label === positive && said[row] === positive).length
    const both = [y, said].map(labels => labels.filter(label => label === positive).length)
    expect(evaluations).toMatchObject([{ dataset: 'half', metric: 'f1', rows: 100 }])
    expect(evaluations[0].value).toBeCloseTo((2 * right) / (both[0] + both[1]), 12)
    expect(models[0]).toMatchObject({ elsewhere: evaluations[0].value, datasets: 1 })
    expect(await hub.history()).toHaveLength(1)
  })

  it('refuses a label that no row has', async () => {
    const { hub, target } = await zoo({ name: 'x/right' })
    await expect(hub.evaluate(at(target), { ...measureF1, positive: 'middle' })).rejects.toMatchObject({
      code: 'USAGE',
    })
  })

  it('of five datasets makes searches and rankings expect F1', async () => {
    const { hub, target, unlabelled } = await zoo(GOOD[0], GOOD[2])
    const sketched = await loadTarget([unlabelled])
    expect((await hub.search(sketched)).decision).toBeNull()
    const names = ['one', 'two', 'three', 'four', 'five']
    const tables = names.map((name, i) => table(target, `${name}.csv`, { right: 95 - i, seed: 20 + i }))
    await hub.evaluate(at(...tables), measureF1)
    const found = await hub.search(sketched)
    expect(() => searchResultSchema.parse(found)).not.toThrow()
    expect(found.decision).toMatchObject({ measure: 'f1', basis: { kind: 'history', datasets: 5 } })
    const expected = new Map(found.decision!.predicted.map(one => [one.model, one]))
    expect([...expected.keys()]).toEqual(['x/right', 'x/turned'])
    expect(expected.get('x/right')!.value).toBeGreaterThan(expected.get('x/turned')!.value)
    for (const { low, value, high } of expected.values()) expect(low <= value && value <= high).toBe(true)
    const ranked = await hub.rank([unlabelled], { limits: LIMITS })
    expect(ranked.decision).toMatchObject({ measure: 'f1', basis: { kind: 'history' } })
  }, 120_000)
})
