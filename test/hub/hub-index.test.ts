import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { Hub, loadSketchFile, type SearchOptions } from '../../src/hub/index.ts'
import type { Sketch } from '../../src/sketch/sketch.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { asTarget, makeModelFolder, sketchColumns, uniformColumns } from './made-models.ts'
import { newHub } from './open-hub.ts'
import { folderOf, modelsOf, TARGET } from './sensor-hub.ts'

const JS = { metric: 'js', top: 4 } as const
const NAMES = [...modelsOf('torso', [1, 2, 3, 4, 5]), ...modelsOf('left_arm', [1, 2])]

const prepared = mkdtempSync(join(tmpdir(), 'modelhub-'))

beforeAll(async () => {
  const hub = await Hub.open(prepared, { create: true })
  for (const name of NAMES) await hub.publish({ folder: folderOf(name) })
  await hub.close()
}, 60_000)

afterAll(() => rmSync(prepared, { recursive: true }))

/** A hub of the models named above, to be changed. */
async function sensorHub() {
  const folder = temporaryFolder()
  cpSync(prepared, folder, { recursive: true })
  const hub = await Hub.open(folder)
  onTestFinished(() => hub.close())
  return { hub, folder, index: join(folder, 'index') }
}

const target = () => loadSketchFile(TARGET)

/** What an engine says of a target, but how it came to it. */
async function answerOf(hub: Hub, options: SearchOptions) {
  const { results, baselines, verdict, warnings } = await hub.search(await target(), { ...JS, ...options })
  return { results, baselines, verdict, warnings }
}

async function expectAsExact(hub: Hub, options: SearchOptions = {}) {
  const exact = await answerOf(hub, { ...options, engine: 'exact' })
  expect(await answerOf(hub, { ...options, engine: 'block' })).toEqual(exact)
  return exact.results.map(({ model }) => model)
}

const filesIn = (index: string) => readdirSync(index).filter(name => name.endsWith('.block'))

describe('the block engine of a hub', () => {
  it('gives what comparing all gives, and says what it compared', async () => {
    const { hub, index } = await sensorHub()
    expect(existsSync(index)).toBe(false)
    expect(await expectAsExact(hub)).toHaveLength(4)
    await expectAsExact(hub, { top: 1, where: "name ~ '%arm%'" })
    await expectAsExact(hub, { excludeModels: ['dsads/torso_s2', 'dsads/left_arm_s1'] })
    const { engine } = await hub.search(await target(), { ...JS, engine: 'block' })
    expect(engine).toMatchObject({ asked: 'block', used: 'block', exact: true, models: 7, overlapping: 7 })
    const { models, hellinger, mergedBins, codes } = engine.bounds!
    expect(models).toBe(7)
    expect(hellinger).toBeGreaterThanOrEqual(mergedBins)
    expect(codes).toBe(engine.compared)
    expect((await hub.search(await target(), { ...JS, engine: 'exact' })).engine.bounds).toBeUndefined()
    expect(filesIn(index)).toHaveLength(1)
  })

  it('for fit is exact where the shortlist has room for every model', async () => {
    const { hub } = await sensorHub()
    const { engine, results } = await hub.search(await target(), { engine: 'block', top: 3 })
    expect(engine).toMatchObject({ used: 'block', exact: true, compared: 7 })
    expect(results).toEqual((await hub.search(await target(), { engine: 'exact', top: 3 })).results)
  })

  it('for fit compares a shortlist of a larger hub, and says that this is not exact', async () => {
    const { hub, folder } = await newHub()
    for (let i = 0; i < 140; i++) {
      const sketch = await sketchColumns(uniformColumns({ a: i / 140, b: 0 }, { rows: 60, seed: i }))
      await hub.publish({ folder: makeModelFolder(folder, { name: `ada/model-${i}`, sketch }) })
    }
    const near = asTarget(await sketchColumns(uniformColumns({ a: 0, b: 0 }, { rows: 60, seed: 200 })))
    const { engine, results } = await hub.search(near, { engine: 'block', top: 3 })
    expect(engine).toMatchObject({ used: 'block', exact: false, models: 140 })
    expect(engine.compared).toBeLessThan(140)
    expect(results).toEqual((await hub.search(near, { engine: 'exact', top: 3 })).results)
  })

  it('follows what is published, withdrawn, taken back and removed', async () => {
    const { hub, index } = await sensorHub()
    await expectAsExact(hub)
    await hub.yank('dsads/torso_s4')
    expect(await expectAsExact(hub)).not.toContain('dsads/torso_s4')
    await hub.yank('dsads/torso_s4@1', false)
    expect(await expectAsExact(hub)).toContain('dsads/torso_s4')
    await hub.remove('dsads/torso_s5')
    expect(await expectAsExact(hub)).not.toContain('dsads/torso_s5')
    for (const name of modelsOf('right_leg', [1, 2])) {
      await hub.publish({ folder: folderOf(name) })
      await expectAsExact(hub)
    }
    await hub.publish({ folder: folderOf('dsads/torso_s5') })
    expect(await expectAsExact(hub)).toContain('dsads/torso_s5')
    expect(filesIn(index).length).toBeLessThan(9)
  })

  it('serves a domain whose features grow, and models of other domains beside it', async () => {
    const { hub } = await sensorHub()
    await expectAsExact(hub)
    const within = temporaryFolder()
    const columns = uniformColumns({ a: 0, b: 1, c: 2 })
    const models: Record<string, Record<string, number>> = {
      'x/one': { a: 0, b: 1 },
      'x/two': { a: 0, b: 1, c: 2 },
    }
    for (const [name, starts] of Object.entries(models)) {
      const sketch = await sketchColumns(uniformColumns(starts))
      await hub.publish({ folder: makeModelFolder(within, { name, sketch }) })
    }
    await expectAsExact(hub)
    const own = asTarget(await sketchColumns(columns))
    const found = await hub.search(own, { ...JS, engine: 'block' })
    expect(found.results).toEqual((await hub.search(own, { ...JS, engine: 'exact' })).results)
    expect(found.results.map(({ model }) => model)).toEqual(['x/one', 'x/two'])
    expect(found.engine).toMatchObject({ models: 9, overlapping: 2, compared: 2 })
  })
})

describe('a target of other columns than the models', () => {
  const shapes: Record<string, (features: readonly number[]) => readonly number[]> = {
    '10 % of the columns': all => all.filter(f => f % 10 === 0),
    '50 % of the columns': all => all.filter(f => f % 2 === 0),
    '90 % of the columns': all => all.filter(f => f % 10 !== 0),
    'shuffled columns': all => [...all].sort((a, b) => ((a * 37) % 81) - ((b * 37) % 81)),
  }
  for (const [what, choose] of Object.entries(shapes)) {
    it(`${what}: ranked as by comparing all`, async () => {
      const { hub } = await sensorHub()
      await expectSame(hub, withColumns((await target()).sketch, choose))
    })
  }

  it('renamed columns, and one that no model has: ranked as by comparing all', async () => {
    const { hub } = await sensorHub()
    const { sketch } = await target()
    const renamed = {
      ...sketch,
      features: sketch.features.map((feature, f) => (f % 3 === 0 ? { ...feature, name: `renamed ${f}` } : feature)),
    }
    await expectSame(hub, renamed)
    const [own] = sketch.features
    const strange = { ...own, name: 'strange', signature: own.signature.map(value => value ^ 0x5bd1e995) }
    const partitions = sketch.partitions.map(part => ({ ...part, counts: [...part.counts, part.counts[0]] }))
    await expectSame(hub, { ...sketch, features: [...sketch.features, strange], partitions })
  })

  async function expectSame(hub: Hub, sketch: Sketch) {
    for (const metric of ['js', 'fit'] as const) {
      const asked = (engine: 'exact' | 'block') => hub.search(asTarget(sketch), { metric, top: 4, engine })
      const exact = await asked('exact')
      expect(exact.results).toHaveLength(4)
      expect((await asked('block')).results).toEqual(exact.results)
    }
  }
})

/** Some columns of a sketch, in the order given. */
function withColumns(sketch: Sketch, choose: (features: readonly number[]) => readonly number[]): Sketch {
  const kept = choose([...sketch.features.keys()])
  return {
    ...sketch,
    features: kept.map(f => sketch.features[f]),
    partitions: sketch.partitions.map(part => ({ ...part, counts: kept.map(f => part.counts[f]) })),
  }
}

describe('files of an index', () => {
  const damages: Record<string, (path: string) => void> = {
    'that is truncated': path => truncateSync(path, 1000),
    'that is empty': path => writeFileSync(path, ''),
    'with a byte of another value in the codes of all bins': path => flip(path, 100),
    'with a byte of another value in the merged codes': path => flip(path, mergedCode(path)),
    'with a byte of another value in the footer': path => flip(path, -200),
    'with bytes after its end': path => appendFileSync(path, 'and more'),
  }
  for (const [what, damage] of Object.entries(damages)) {
    it(`one ${what} is found out and made anew`, async () => {
      const { hub, index } = await sensorHub()
      await expectAsExact(hub)
      const [file] = filesIn(index)
      hub.forgetIndex()
      damage(join(index, file))
      await expectAsExact(hub)
      expect(filesIn(index)).toHaveLength(1)
      expect(filesIn(index)).not.toEqual([file])
    })
  }

  it('are made anew when they are gone, and when they are of another hub', async () => {
    const { hub, index } = await sensorHub()
    const other = await newHub()
    for (const name of [...NAMES].reverse().slice(0, 3)) await other.hub.publish({ folder: folderOf(name) })
    await expectAsExact(other.hub)
    const otherIndex = join(other.folder, 'index')
    cpSync(otherIndex, index, { recursive: true })
    await expectAsExact(hub)
    rmSync(index, { recursive: true })
    hub.forgetIndex()
    await expectAsExact(hub)
  })

  it('half-written ones do no harm', async () => {
    const { hub, index } = await sensorHub()
    mkdirSync(index)
    writeFileSync(join(index, 'tmp-left-by-a-killed-process'), 'half')
    await expectAsExact(hub)
    expect(filesIn(index)).toHaveLength(1)
  })

  it('that cannot be written leave auto to compare all, and are a fault of block', async () => {
    const { hub, index } = await sensorHub()
    writeFileSync(index, 'a file where the folder should be')
    const fault = expect.objectContaining({ code: 'WRITE_FAILED' }) as Error
    await expect(hub.search(await target(), { ...JS, engine: 'block' })).rejects.toThrow(fault)
  })
})

/** Place of one of the last merged codes: before the numbers, 24 bytes a model, and the footer. */
function mergedCode(path: string): number {
  const bytes = readFileSync(path)
  return bytes.length - 16 - bytes.readUInt32LE(bytes.length - 16) - 24 * NAMES.length - 20
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at < 0 ? bytes.length + at : at] ^= 0x10
  writeFileSync(path, bytes)
}

describe('status and rebuild', () => {
  it('say what is there, what is missing and what is damaged, and make it whole', async () => {
    const { hub, index } = await sensorHub()
    const before = await hub.indexStatus()
    expect(before).toMatchObject({ folder: index, domains: [{ models: 7, indexed: 0, segments: 0, sizeBytes: 0 }] })
    const seen: number[] = []
    const rebuilt = await hub.rebuildIndex({ onProgress: ({ done, total }) => seen.push(done / total!) })
    expect(rebuilt.domains).toMatchObject([{ models: 7, indexed: 7, segments: 1, unused: [] }])
    expect(seen).toEqual([1])
    const [file] = filesIn(index)
    flip(join(index, file), mergedCode(join(index, file)))
    const damaged = await hub.indexStatus()
    expect(damaged.domains).toMatchObject([{ models: 7, indexed: 0, unused: [{ reason: 'damaged' }] }])
    expect(filesIn(index)).toEqual([file])
    expect((await hub.rebuildIndex()).domains).toMatchObject([{ models: 7, indexed: 7, unused: [] }])
    expect(filesIn(index)).toHaveLength(1)
    await expectAsExact(hub)
  })

  it('that is cancelled leaves what there was', async () => {
    const { hub, index } = await sensorHub()
    await hub.rebuildIndex()
    const files = readdirSync(index)
    const signal = AbortSignal.abort()
    await expect(hub.rebuildIndex({ signal })).rejects.toThrow(expect.objectContaining({ code: 'CANCELLED' }) as Error)
    expect(readdirSync(index)).toEqual(files)
  })
})

describe('the lsh engine of a hub', () => {
  it('finds what lies near, verified, or leaves it to the block', async () => {
    const { hub, index } = await sensorHub()
    const exact = await answerOf(hub, { engine: 'exact', top: 10 })
    const found = await hub.search(await target(), { ...JS, top: 10, engine: 'lsh' })
    const scores = new Map(exact.results.map(({ model, score }) => [model, score]))
    for (const { model, score } of found.results) expect(score).toBe(scores.get(model))
    expect(found.engine.used).toBe('lsh')
    expect(readdirSync(index).filter(name => name.endsWith('.lsh'))).toHaveLength(1)
    flip(
      join(
        index,
        readdirSync(index).find(name => name.endsWith('.lsh'))!,
      ),
      -9,
    )
    expect((await hub.search(await target(), { ...JS, top: 10, engine: 'lsh' })).results).toEqual(found.results)
  })

  it('leaves targets with other features to the block, and says so', async () => {
    const { hub } = await sensorHub()
    const some = asTarget(withColumns((await target()).sketch, all => all.slice(0, 40)))
    const { results, engine, warnings } = await hub.search(some, { ...JS, engine: 'lsh' })
    expect(results).toEqual((await hub.search(some, { ...JS, engine: 'exact' })).results)
    expect(engine).toMatchObject({ used: 'lsh', exact: true })
    expect(warnings).toEqual([expect.stringContaining('other features')])
  })
})
