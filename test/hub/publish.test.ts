import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Hub, loadSketchFile, sketchData } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import {
  asTarget,
  changeCard,
  copySensor,
  csvOf,
  makeModelFolder,
  SENSORS,
  sketchColumns,
  uniformColumns,
} from './made-models.ts'
import { newHub } from './open-hub.ts'

const torso = (subject: number) => join(SENSORS, `dsads_torso_s${subject}`)
const target = () => loadSketchFile(join(torso(8), 'train.sketch.parquet'))
const objectsOf = (folder: string) =>
  readdirSync(join(folder, 'objects'), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).length

describe('publishing', () => {
  it('twice changes nothing', async () => {
    const { hub, folder } = await newHub()
    for (const subject of [1, 2, 3]) await hub.publish({ folder: torso(subject) })
    const [before, found, objects] = [
      await hub.list({ all: true }),
      await hub.search(await target()),
      objectsOf(folder),
    ]
    for (const subject of [3, 1, 2]) {
      const { version, created } = await hub.publish({ folder: torso(subject) })
      expect([version.name, version.version, created]).toEqual([`dsads/torso_s${subject}`, 1, false])
    }
    expect(await hub.list({ all: true })).toEqual(before)
    expect((await hub.search(await target())).results).toEqual(found.results)
    expect(objectsOf(folder)).toBe(objects)
  })

  it('keeps what the card and the graph say', async () => {
    const { hub } = await newHub()
    const { version } = await hub.publish({ folder: torso(1) })
    expect(version).toMatchObject({
      ...{ name: 'dsads/torso_s1', license: 'cc-by-4.0', task: 'tabular-classification', sourceAccuracy: 0.9679 },
      ...{ rows: 780, yanked: false, lastDense: expect.any(String) },
      inputs: [{ name: 'features', shape: ['N', 81] }],
    })
    expect((await hub.show('dsads/torso_s1')).card).toContain('# dsads_torso_s1')
  })

  it('a changed card makes version 2; version 1 stays as it was', async () => {
    const { hub } = await newHub()
    const folder = copySensor(temporaryFolder(), 'dsads_torso_s1')
    const first = await hub.publish({ folder })
    const cardBefore = (await hub.show('dsads/torso_s1@1')).card
    changeCard(folder, front => ({ ...front, license: 'mit' }))
    const second = await hub.publish({ folder })
    expect([second.version.version, second.created]).toEqual([2, true])
    expect(await hub.show('dsads/torso_s1@1')).toEqual({ version: first.version, card: cardBefore })
    expect((await hub.show('dsads/torso_s1')).version.license).toBe('mit')
    expect((await hub.list()).map(({ name, version }) => `${name}@${version}`)).toEqual(['dsads/torso_s1@2'])
    const { results } = await hub.search(await target())
    expect(results.map(({ model, version, license }) => [model, version, license])).toEqual([
      ['dsads/torso_s1', 2, 'mit'],
    ])
  })

  it('takes another name than the card’s, and refuses one that is none', async () => {
    const { hub } = await newHub()
    expect((await hub.publish({ folder: torso(1), name: 'me/mine' })).version.name).toBe('me/mine')
    await expect(hub.publish({ folder: torso(1), name: 'mine' })).rejects.toMatchObject({
      code: 'USAGE',
      message: 'name: expected owner/model, got "mine"',
    })
  })

  it('of data is publishing the sketch of these data', async () => {
    const scratch = temporaryFolder()
    const columns = uniformColumns({ a: 0, b: 10, c: 20, d: 30, e: 40 })
    const labels = Array.from({ length: 400 }, (_, i) => ['red', 'rosé', 'white'][i % 3])
    const data = join(scratch, 'wine.csv')
    writeFileSync(data, csvOf({ ...columns, kind: labels }))
    const dataOptions = { label: 'kind' }
    const ofSketch = makeModelFolder(scratch, { name: 'ada/wine', sketch: await sketchColumns(columns) })
    const made = await sketchData([data], dataOptions)
    writeFileSync(join(ofSketch, 'train.sketch.parquet'), made.bytes)
    expect(made.sketch.features.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e'])
    const [one, two] = [await newHub(), await newHub()]
    const byData = await one.hub.publish({ folder: ofSketch, data: [data], dataOptions })
    const bySketch = await two.hub.publish({ folder: ofSketch })
    expect(byData.version.sketchSha256).toBe(made.sha256)
    expect({ ...byData.version, publishedAt: '' }).toEqual({ ...bySketch.version, publishedAt: '' })
    expect((await one.hub.publish({ folder: ofSketch })).created).toBe(false)
    const results = async (hub: Hub) => (await hub.search(made)).results
    expect(await results(one.hub)).toEqual(await results(two.hub))
    expect((await results(one.hub))[0].fit).toBeGreaterThan(0.99)
  })
})

describe('withdrawing', () => {
  it('a yanked version leaves searches and comes back; it is found by its number', async () => {
    const { hub } = await newHub()
    for (const subject of [1, 2]) await hub.publish({ folder: torso(subject) })
    const models = async () => (await hub.search(await target())).results.map(({ model }) => model).sort()
    await hub.yank('dsads/torso_s1')
    expect(await models()).toEqual(['dsads/torso_s2'])
    expect((await hub.show('dsads/torso_s1@1')).version.yanked).toBe(true)
    expect((await hub.explain(await target(), 'dsads/torso_s1@1')).evidence.overlap).toBe(1)
    await expect(hub.show('dsads/torso_s1')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
    await hub.yank('dsads/torso_s1@1', false)
    expect(await models()).toEqual(['dsads/torso_s1', 'dsads/torso_s2'])
  })

  it('the version before a yanked one is the latest again', async () => {
    const { hub } = await newHub()
    const folder = copySensor(temporaryFolder(), 'dsads_torso_s1')
    await hub.publish({ folder })
    changeCard(folder, front => ({ ...front, license: 'mit' }))
    await hub.publish({ folder })
    await hub.yank('dsads/torso_s1')
    expect((await hub.search(await target())).results.map(({ version }) => version)).toEqual([1])
  })

  it('a removed version is gone with its files, and its number is not given again', async () => {
    const { hub, folder } = await newHub()
    await hub.publish({ folder: torso(1) })
    const kept = objectsOf(folder)
    await hub.publish({ folder: torso(2) })
    await hub.remove('dsads/torso_s2')
    expect(objectsOf(folder)).toBe(kept)
    await expect(hub.show('dsads/torso_s2@1')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
    expect((await hub.publish({ folder: torso(2) })).version.version).toBe(2)
    expect((await hub.search(await target())).results).toHaveLength(2)
  })

  it('the last one leaves a hub that takes models again', async () => {
    const { hub } = await newHub()
    await hub.publish({ folder: torso(1) })
    await hub.remove('dsads/torso_s1')
    expect((await hub.search(await target())).verdict.message).toBe('Nothing fits: the hub has no models.')
    await hub.publish({ folder: torso(2) })
    expect((await hub.search(await target())).results).toHaveLength(1)
  })
})

describe('searching', () => {
  it('leaves out named models, stops at top, keeps the baseline whole', async () => {
    const { hub } = await newHub()
    for (const subject of [1, 2, 3, 4]) await hub.publish({ folder: torso(subject) })
    const { results, baselines, parameters, query } = await hub.search(await target(), {
      ...{ top: 2, excludeModels: ['dsads/torso_s1'] },
    })
    expect(results.map(({ rank }) => rank)).toEqual([1, 2])
    expect([...baselines.sourceAccuracy].sort()).toEqual(['dsads/torso_s2', 'dsads/torso_s3', 'dsads/torso_s4'])
    expect(parameters).toMatchObject({ metric: 'fit', space: 'joint', top: 2, excludeModels: ['dsads/torso_s1'] })
    expect(query).toMatchObject({
      rows: (await target()).sketch.rows,
      features: 81,
      sketchSha256: (await target()).sha256,
    })
  })

  it('finds only what shares features, in whichever domain of the hub it lies', async () => {
    const { hub } = await newHub()
    const wine = await sketchColumns(uniformColumns({ a: 0, b: 10, c: 20, d: 30, e: 40 }))
    await hub.publish({ folder: torso(1) })
    await hub.publish({ folder: makeModelFolder(temporaryFolder(), { name: 'ada/wine', sketch: wine }) })
    expect((await hub.search(await target())).results.map(({ model }) => model)).toEqual(['dsads/torso_s1'])
    expect((await hub.search(asTarget(wine))).results.map(({ model }) => model)).toEqual(['ada/wine'])
    const neither = asTarget(await sketchColumns(uniformColumns({ z: 1e6 })))
    const { results, verdict } = await hub.search(neither)
    expect([results, verdict.code]).toEqual([[], 'nothing-fits'])
  })

  it.each([
    [{ metric: 'best' }, 'USAGE', 'metric: expected one of fit'],
    [{ space: 'flat' }, 'USAGE', 'space: expected one of joint, pooled, got flat'],
    [{ match: 'all' }, 'USAGE', 'match: expected one of both'],
    [{ space: 'pooled', metric: 'l2' }, 'USAGE', 'metric: l2 is of the joint space'],
    [{ t1: 1.5 }, 'OUT_OF_RANGE', 't1: expected a number from 0 to 1, got 1.5'],
    [{ t2: NaN }, 'OUT_OF_RANGE', 't2: expected a number from 0 to 1, got NaN'],
    [{ threshold: -1 }, 'OUT_OF_RANGE', 'threshold: expected'],
    [{ minAdaptivity: -1 }, 'OUT_OF_RANGE', 'minAdaptivity: expected'],
    [{ maxJs: 1 }, 'OUT_OF_RANGE', 'maxJs: expected'],
    [{ top: 0 }, 'OUT_OF_RANGE', 'top: expected a whole number from 1, got 0'],
    [{ top: 1.5 }, 'OUT_OF_RANGE', 'top: expected a whole number'],
  ])('refuses %j', async (options, code, message) => {
    const { hub } = await newHub()
    await expect(hub.search(await target(), options as object)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
  })

  it('a hub that is not there is not made', async () => {
    const folder = join(temporaryFolder(), 'none')
    await expect(Hub.open(folder)).rejects.toMatchObject({ code: 'HUB_NOT_FOUND' })
    expect(existsSync(folder)).toBe(false)
  })
})
