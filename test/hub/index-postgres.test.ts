import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { Hub, loadSketchFile } from '../../src/hub/index.ts'
import { newDatabase, onPostgres } from '../on-postgres.ts'
import { indexProcesses } from './index-processes.ts'
import { folderOf, modelsOf, TARGET } from './sensor-hub.ts'

const before = process.env.XDG_CACHE_HOME
const cache = mkdtempSync(join(tmpdir(), 'modelhub-'))

beforeAll(() => {
  process.env.XDG_CACHE_HOME = cache
})

afterAll(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME
  else process.env.XDG_CACHE_HOME = before
  rmSync(cache, { recursive: true })
})

await onPostgres('the index of a hub in PostgreSQL', server => {
  const open = async () => {
    const { url } = await newDatabase(server)
    const hub = await Hub.open(url, { create: true })
    onTestFinished(() => hub.close())
    return { place: url, hub }
  }

  indexProcesses(open)

  it('lies in the user’s cache folder, apart from those of other databases', async () => {
    const indexes = () => readdirSync(join(cache, 'modelhub', 'index'))
    const others = indexes().length
    const target = await loadSketchFile(TARGET)
    for (const subject of [1, 2]) {
      const { hub } = await open()
      await hub.publish({ folder: folderOf(modelsOf('torso', [subject])[0]) })
      const { results } = await hub.search(target, { metric: 'js', engine: 'block' })
      expect(results.map(({ model }) => model)).toEqual(modelsOf('torso', [subject]))
      expect((await hub.indexStatus()).folder.startsWith(join(cache, 'modelhub', 'index'))).toBe(true)
    }
    expect(indexes()).toHaveLength(others + 2)
  })
})
