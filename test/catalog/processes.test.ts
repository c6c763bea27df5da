import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  type Catalog,
  domainMembers,
  findDomain,
  hubRevision,
  listVersions,
  loadBlocks,
  openCatalog,
  readSlots,
} from '../../src/catalog/index.ts'
import { temporaryFolder } from './temporary-folder.ts'

const program = fileURLToPath(new URL('publisher.ts', import.meta.url))

function publisher(hub: string, owner: string, count: number): ChildProcess {
  const args = ['--import', 'tsx', program, hub, owner, String(count)]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** A hub in which every write of a publisher has happened whole or not at all. */
async function expectWhole(catalog: Catalog): Promise<number> {
  const versions = await listVersions(catalog.db, { all: true })
  const domain = (await findDomain(catalog.db, 'all'))!
  expect(domain.referenceVersion).toBe(versions.length)
  expect(await hubRevision(catalog.db)).toBe(versions.length)
  expect(await domainMembers(catalog.db, domain.id)).toHaveLength(versions.length)
  expect((await readSlots(catalog.db, domain.id)).map(slot => slot.reference)).toEqual(
    Array.from({ length: 50 }, () => versions.length),
  )
  const blocks = await loadBlocks(
    catalog.db,
    versions.map(version => version.id),
  )
  expect(blocks.size).toBe(versions.length)
  for (const version of versions) {
    expect(await catalog.objects.get(version.onnxSha256)).toHaveLength(300_000)
    expect(await catalog.objects.get(version.sketchSha256)).toHaveLength(299_999)
  }
  return versions.length
}

describe('processes on one hub', () => {
  it('three that publish at once, to a hub none of them finds, lose nothing', async () => {
    const hub = temporaryFolder()
    const children = ['a', 'b', 'c'].map(owner => publisher(hub, owner, 12))
    const ends = await Promise.all(children.map(child => once(child, 'exit')))
    expect(ends.map(([status]) => status as unknown)).toEqual([0, 0, 0])
    const catalog = await openCatalog(hub)
    expect(await expectWhole(catalog)).toBe(36)
    await catalog.close()
  })

  it('one that is killed in the middle leaves the state before or after a write', async () => {
    const hub = temporaryFolder()
    for (const [run, lines] of [1, 4, 2, 7].entries()) {
      const child = publisher(hub, `owner${run}`, 1000)
      const ended = once(child, 'exit')
      let printed = 0
      createInterface({ input: child.stdout! }).on('line', () => ++printed === lines && child.kill('SIGKILL'))
      expect((await ended)[1]).toBe('SIGKILL')
      const catalog = await openCatalog(hub)
      expect(await expectWhole(catalog)).toBeGreaterThanOrEqual(printed)
      await catalog.close()
    }
  })
})
