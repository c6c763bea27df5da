import Database from 'libsql'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findVersion, hubRevision, insertVersion, listVersions, openCatalog } from '../../src/catalog/index.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { newVersion } from './versions.ts'

const version1 = readFileSync(new URL('hub-version-1.sql', import.meta.url), 'utf8')
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error

function database<T>(hub: string, work: (db: InstanceType<typeof Database>) => T): T {
  const db = new Database(join(hub, 'catalog.sqlite'))
  try {
    return work(db)
  } finally {
    db.close()
  }
}

function tablesOf(hub: string): string[] {
  const query = "select sql from sqlite_master where sql is not null and name not like 'kysely%' order by name"
  return database(hub, db => db.prepare(query).all() as { sql: string }[]).map(({ sql }) => sql)
}

describe('opening a hub', () => {
  it('makes one only when told to', async () => {
    const hub = join(temporaryFolder(), 'deep', 'hub')
    await expect(openCatalog(hub)).rejects.toThrow(code('HUB_NOT_FOUND'))
    expect(existsSync(hub)).toBe(false)
    await (await openCatalog(hub, { create: true })).close()
    const catalog = await openCatalog(hub)
    expect(await hubRevision(catalog.db)).toBe(0)
    await catalog.close()
    expect(database(hub, db => db.pragma('journal_mode'))).toEqual([{ journal_mode: 'wal' }])
  })

  it('finishes a hub whose making was cut off', async () => {
    const hub = temporaryFolder()
    writeFileSync(join(hub, 'catalog.sqlite'), '')
    const catalog = await openCatalog(hub)
    expect(await listVersions(catalog.db)).toEqual([])
    await catalog.close()
  })

  it('by many at once, new, gives all of them the same', async () => {
    const hub = temporaryFolder()
    const catalogs = await Promise.all(Array.from({ length: 5 }, () => openCatalog(hub, { create: true })))
    await catalogs[0].write(tx => insertVersion(tx, newVersion('ada/wine', 'a')))
    for (const catalog of catalogs) {
      expect(await listVersions(catalog.db)).toHaveLength(1)
      await catalog.close()
    }
  })

  it('refuses what a newer release has written, and leaves it alone', async () => {
    const hub = temporaryFolder()
    await (await openCatalog(hub, { create: true })).close()
    database(hub, db => db.exec("insert into kysely_migration values ('0099-much-later', '2030-01-01')"))
    await expect(openCatalog(hub)).rejects.toThrow(code('HUB_VERSION'))
    await expect(openCatalog(hub, { create: true })).rejects.toThrow('0099-much-later of a newer release')
    expect(database(hub, db => db.prepare('select count(*) as n from kysely_migration').get())).toMatchObject({ n: 6 })
  })

  it('refuses a file that is not SQLite', async () => {
    const hub = temporaryFolder()
    writeFileSync(join(hub, 'catalog.sqlite'), 'not a database'.repeat(100))
    await expect(openCatalog(hub)).rejects.toThrow(code('HUB_DAMAGED'))
  })
})

describe('a hub that another process keeps locked', () => {
  it('is busy for writers, open to readers, and writable once the lock is gone', async () => {
    const hub = temporaryFolder()
    const catalog = await openCatalog(hub, { create: true, lockTimeoutMs: 20 })
    const publish = () => catalog.write(tx => insertVersion(tx, newVersion('ada/wine', 'a')))
    const other = new Database(join(hub, 'catalog.sqlite'))
    other.exec('begin immediate')
    await expect(publish()).rejects.toThrow(code('HUB_BUSY'))
    expect(await listVersions(catalog.db)).toEqual([])
    other.exec('commit')
    expect((await publish()).created).toBe(true)
    other.close()
    await catalog.close()
  })
})

describe('a hub of version 1', () => {
  it('has, once opened, the tables that the migrations make of nothing', async () => {
    const [before, after] = [temporaryFolder(), temporaryFolder()]
    database(before, db => db.exec(version1))
    for (const hub of [before, after]) await (await openCatalog(hub, { create: true })).close()
    expect(tablesOf(after)).toEqual(tablesOf(before))
  })

  it('opens, and has what was in it', async () => {
    const hub = temporaryFolder()
    mkdirSync(join(hub, 'objects'))
    database(hub, db => db.exec(version1))
    const catalog = await openCatalog(hub)
    expect(await findVersion(catalog.db, 'ada/wine')).toMatchObject({
      id: 3,
      version: 1,
      sourceAccuracy: 0.5,
      sizeBytes: 5_000_000_000,
      inputs: [{ name: 'x', type: 'float32', shape: ['N', 5] }],
      domainId: 1,
      featureSlots: Int32Array.of(1, 0),
    })
    const { version } = await catalog.write(tx => insertVersion(tx, newVersion('ada/wine', 'b')))
    expect(version).toMatchObject({ id: 4, version: 2 })
    await catalog.close()
  })
})
