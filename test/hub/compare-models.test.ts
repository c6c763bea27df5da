import { describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { loadSketchFile } from '../../src/hub/index.ts'
import { asTarget, makeModelFolder, SENSORS, sketchColumns, uniformColumns } from './made-models.ts'
import { newHub } from './open-hub.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'

const IDS = ['dsads_torso_s1', 'dsads_left_arm_s1', 'dsads_right_leg_s3']
const NAMES = IDS.map(id => id.replace('_', '/'))
const sketchOf = (id: string) => loadSketchFile(join(SENSORS, id, 'train.sketch.parquet'))
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error

/** A hub of three sensor models and one of another domain. */
async function mixedHub() {
  const { hub } = await newHub()
  for (const id of IDS) await hub.publish({ folder: join(SENSORS, id) })
  const sketch = await sketchColumns(uniformColumns({ height: 1e6, width: 1e7 }))
  await hub.publish({
    folder: makeModelFolder(temporaryFolder(), { name: 'ada/wine', sketch, card: { license: 'mit' } }),
  })
  return hub
}

describe('Hub.compare', () => {
  it('gives for every two models what a search with the training data of one says of the other', async () => {
    const hub = await mixedHub()
    const { training } = await hub.compare(NAMES)
    expect(training.map(({ other, model }) => [other, model])).toEqual(
      NAMES.flatMap(other => NAMES.filter(model => model !== other).map(model => [`${other}@1`, `${model}@1`])),
    )
    for (const id of IDS) {
      const { results } = await hub.search(await sketchOf(id), { excludeModels: [id.replace('_', '/')] })
      for (const { model, overlap, fit, coverage, softCoverage, adaptivity, js } of results) {
        expect(
          training.find(pair => pair.other === `${id.replace('_', '/')}@1` && pair.model === `${model}@1`),
        ).toEqual({
          ...{ other: `${id.replace('_', '/')}@1`, model: `${model}@1` },
          ...{ overlap, fit, coverage, softCoverage, adaptivity, js },
        })
      }
    }
  })

  it('shows models of different domains as having nothing in common', async () => {
    const hub = await mixedHub()
    const { training, models } = await hub.compare(['ada/wine', NAMES[0]])
    expect(training).toHaveLength(2)
    for (const pair of training) {
      expect(pair).toMatchObject({ overlap: 0, fit: 0, coverage: 0, softCoverage: 0, adaptivity: 0 })
      expect(pair.js).toBeCloseTo(Math.LN2, 12)
    }
    expect(models.map(({ model, license, features, labels }) => [model, license, features, labels.length])).toEqual([
      ['ada/wine', 'mit', 2, 3],
      [NAMES[0], 'cc-by-4.0', 81, 9],
    ])
  })

  it('gives the fit to a target as a search does, to models without overlap too', async () => {
    const hub = await mixedHub()
    const target = await sketchOf('dsads_torso_s8')
    const { models, target: told } = await hub.compare([...NAMES, 'ada/wine'], { target })
    expect(told).toEqual({ source: target.source, rows: 780, features: 81 })
    const { results } = await hub.search(target)
    for (const { model, fit, js } of results) {
      expect(models.find(one => one.model === model)!.fit).toMatchObject({ fit, js })
    }
    expect(models.at(-1)!.fit).toMatchObject({ overlap: 0, fit: 0 })
    expect((await hub.compare(NAMES)).models.every(({ fit }) => fit === undefined)).toBe(true)
  })

  it('obeys the rule that features match by', async () => {
    const { hub } = await newHub()
    const folder = temporaryFolder()
    const columns = uniformColumns({ a: 0, b: 10 })
    await hub.publish({ folder: makeModelFolder(folder, { name: 'ada/one', sketch: await sketchColumns(columns) }) })
    const renamed = await sketchColumns({ c: columns.a, d: columns.b })
    await hub.publish({ folder: makeModelFolder(folder, { name: 'ada/two', sketch: renamed }) })
    const overlap = async (match: 'both' | 'name') =>
      (await hub.compare(['ada/one', 'ada/two'], { match, target: asTarget(renamed) })).models[0].fit!.overlap
    expect([await overlap('both'), await overlap('name')]).toEqual([1, 0])
  })

  it('takes versions, yanked ones too', async () => {
    const { hub } = await newHub()
    const folder = temporaryFolder()
    for (const start of [0, 0.5]) {
      const sketch = await sketchColumns(uniformColumns({ a: start }))
      await hub.publish({ folder: makeModelFolder(folder, { name: 'ada/one', sketch }) })
    }
    await hub.yank('ada/one@1')
    const { models } = await hub.compare(['ada/one', 'ada/one@1'])
    expect(models.map(({ version, yanked }) => [version, yanked])).toEqual([
      [2, false],
      [1, true],
    ])
  })

  it('refuses one model, seven, the same twice, and one that is not there', async () => {
    const hub = await mixedHub()
    await expect(hub.compare([NAMES[0]])).rejects.toThrow('compare: expected 2 to 6 models, got 1')
    await expect(hub.compare(new Array<string>(7).fill(NAMES[0]))).rejects.toThrow(code('USAGE'))
    await expect(hub.compare([NAMES[0], `${NAMES[0]}@1`])).rejects.toThrow('got dsads/torso_s1@1 twice')
    await expect(hub.compare([NAMES[0], 'dsads/torso_s9'])).rejects.toThrow('did you mean dsads/torso_s1?')
  })
})
