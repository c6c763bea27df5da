import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadSketchFile, type Hub, type SearchOptions } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { caughtCode } from '../caught-code.ts'
import { asTarget, makeModelFolder, sketchColumns, uniformColumns } from './made-models.ts'
import { newHub } from './open-hub.ts'
import { folderOf, modelsOf, TARGET } from './sensor-hub.ts'

const JS = { metric: 'js', top: 4 } as const
const NAMES = [...modelsOf('torso', [1, 2, 3, 4, 5]), ...modelsOf('left_arm', [1, 2])]

async function sensorHub(names: readonly string[] = NAMES) {
  const { hub, folder } = await newHub()
  for (const name of names) await hub.publish({ folder: folderOf(name) })
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
    expect(filesIn(index)).toHaveLength(1)
  })

  it('for fit compares a shortlist, and says that this is not exact', async () => {
    const { hub } = await sensorHub()
    const { engine, results } = await hub.search(await target(), { engine: 'block', top: 3 })
    expect(engine).toMatchObject({ used: 'block', exact: false, compared: 7 })
    expect(results).toEqual((await hub.search(await target(), { engine: 'exact', top: 3 })).results)
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
    for (const name of modelsOf('right_leg', [1, 2, 3, 4, 5])) {
      await hub.publish({ folder: folderOf(name) })
      await expectAsExact(hub)
    }
    await hub.publish({ folder: folderOf('dsads/torso_s5') })
    expect(await expectAsExact(hub)).toContain('dsads/torso_s5')
    expect(filesIn(index).length).toBeLessThan(9)
  })

  it('serves a domain whose features grow, and models of other domains beside it', async () => {
    const { hub, index } = await sensorHub(modelsOf('torso', [1, 2, 3, 4, 5, 6, 7, 8]))
    await expectAsExact(hub)
    const [before] = filesIn(index)
    const within = temporaryFolder()
    const columns = uniformColumns({ a: 0, b: 1, c: 2 })
    for (const [name, starts] of Object.entries({ 'x/one': { a: 0, b: 1 }, 'x/two': { a: 0, b: 1, c: 2 } })) {
      const sketch = await sketchColumns(uniformColumns(starts))
      await hub.publish({ folder: makeModelFolder(within, { name, sketch }) })
    }
    await expectAsExact(hub)
    expect(filesIn(index)).toContain(before)
    const own = asTarget(await sketchColumns(columns))
    const found = await hub.search(own, { ...JS, engine: 'block' })
    expect(found.results).toEqual((await hub.search(own, { ...JS, engine: 'exact' })).results)
    expect(found.results.map(({ model }) => model)).toEqual(['x/two', 'x/one'])
    expect(found.engine).toMatchObject({ models: 10, overlapping: 2, compared: 2 })
  })
})

describe('files of an index', () => {
  const damages: Record<string, (path: string) => void> = {
    'that is truncated': path => truncateSync(path, 1000),
    'that is empty': path => writeFileSync(path, ''),
    'with a byte of another value in the codes of all bins': path => flip(path, 100),
    'with a byte of another value in the merged codes': path => flip(path, 81 * 40 * 7),
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
    const other = await sensorHub([...NAMES].reverse())
    await expectAsExact(other.hub)
    mkdirSync(index)
    for (const name of filesIn(other.index)) writeFileSync(join(index, name), readFileSync(join(other.index, name)))
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
    const { hub, index } = await sensorHub(modelsOf('torso', [1, 2]))
    writeFileSync(index, 'a file where the folder should be')
    expect(await caughtCode(() => hub.search(TARGET_SKETCH, { ...JS, engine: 'block' }))).toBe('FILE_UNREADABLE')
  })
})

function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at < 0 ? bytes.length + at : at] ^= 0x10
  writeFileSync(path, bytes)
}
const TARGET_SKETCH = await target()
