import { join } from 'node:path'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { Hub, loadSketchFile, type SearchOptions } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { newDatabase, onPostgres } from '../on-postgres.ts'
import type { PostgresServer } from '../postgres-server.ts'
import { cuttingProxy } from './cutting-proxy.ts'
import { expectWhole, folderOf, modelsOf, TARGET } from './sensor-hub.ts'

const unreachable = expect.objectContaining({ code: 'HUB_UNREACHABLE' }) as Error

const objectsIn = (folder: string) => `?objects=${encodeURIComponent(join(folder, 'objects'))}`

async function openHub(place: string): Promise<Hub> {
  const hub = await Hub.open(place, { create: true })
  onTestFinished(() => hub.close())
  return hub
}

/** A session that holds locks which a publisher has to wait for, until it is let go or the server ends it. */
async function lockHolder(url: string, statement: string) {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  await client.query('begin')
  await client.query(statement)
  return { letGo: () => client.end().catch(() => undefined) }
}

/** Number of sessions of ModelHub's that wait for a lock, once there are any. */
async function waiting(server: PostgresServer, database: string): Promise<number[]> {
  for (;;) {
    const rows = await server.query(
      `select pid from pg_stat_activity
       where datname = '${database}' and application_name = 'modelhub' and wait_event_type = 'Lock'`,
    )
    if (rows.length > 0) return rows.map(({ pid }) => Number(pid))
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const terminate = async (server: PostgresServer, database: string) => {
  for (const pid of await waiting(server, database)) await server.query(`select pg_terminate_backend(${pid})`)
}

await onPostgres('a hub in PostgreSQL', server => {
  it('ranks as one in a folder does, to the last digit', async () => {
    const withFolder = (await newDatabase(server)).url + objectsIn(temporaryFolder())
    const places = [temporaryFolder(), (await newDatabase(server)).url, withFolder]
    const hubs = await Promise.all(places.map(openHub))
    const names = [...modelsOf('torso', [1, 2, 3]), ...modelsOf('right_leg', [1, 2, 3])]
    for (const hub of hubs) {
      for (const name of names) await hub.publish({ folder: folderOf(name) })
      await hub.yank('dsads/torso_s2')
    }
    const searches: SearchOptions[] = [
      {},
      { metric: 'js', top: 3 },
      { metric: 'adaptivity', threshold: 0.1, excludeModels: ['dsads/torso_s1'] },
      { metric: 'jaccard', match: 'distribution', t1: 0.1, t2: 0.1 },
      { where: "name ~ '%LEG%' and rows > 700", metric: 'l2' },
    ]
    const target = await loadSketchFile(TARGET)
    for (const options of searches) {
      const found = await Promise.all(hubs.map(hub => hub.search(target, options)))
      const [inFolder, ...others] = found.map(result => JSON.stringify({ ...result, elapsedMs: 0 }))
      expect(others).toEqual([inFolder, inFolder])
      expect(found[0].results.length).toBeGreaterThan(0)
    }
    const [explained, ...same] = await Promise.all(hubs.map(hub => hub.explain(target, 'dsads/torso_s3')))
    expect(same).toEqual([explained, explained])
  })

  it('goes on with a publication whose connection is ended in the middle, and loses nothing', async () => {
    const { name: database, url } = await newDatabase(server)
    const hub = await openHub(url)
    await hub.publish({ folder: folderOf('dsads/torso_s1') })
    const holder = await lockHolder(url, 'lock table version in exclusive mode')
    const publishing = hub.publish({ folder: folderOf('dsads/torso_s2') })
    await terminate(server, database)
    await holder.letGo()
    expect((await publishing).created).toBe(true)
    expect(await expectWhole(url)).toEqual(modelsOf('torso', [1, 2]))
  })

  it('goes on with a publication after the server was started again', async () => {
    const { name: database, url } = await newDatabase(server)
    const hub = await openHub(url)
    await hub.publish({ folder: folderOf('dsads/torso_s1') })
    const holder = await lockHolder(url, 'lock table version in exclusive mode')
    const publishing = hub.publish({ folder: folderOf('dsads/torso_s2') })
    await waiting(server, database)
    await server.stop()
    await holder.letGo()
    await server.start()
    expect((await publishing).created).toBe(true)
    expect(await expectWhole(url)).toEqual(modelsOf('torso', [1, 2]))
  })

  it('cannot be reached while the server is away, and takes the same publication once it is back', async () => {
    const { url } = await newDatabase(server)
    const hub = await openHub(url)
    await server.stop()
    try {
      await expect(hub.publish({ folder: folderOf('dsads/torso_s1') })).rejects.toThrow(unreachable)
      await expect(hub.search(await loadSketchFile(TARGET))).rejects.toThrow(unreachable)
      await expect(Hub.open(url)).rejects.toThrow(unreachable)
    } finally {
      await server.start()
    }
    expect((await hub.publish({ folder: folderOf('dsads/torso_s1') })).created).toBe(true)
    expect(await expectWhole(url)).toEqual(modelsOf('torso', [1]))
  })

  it('says that it cannot know of a commit that was cut off before it happened; to publish again does it', async () => {
    const { name: database, url } = await newDatabase(server)
    const hub = await openHub(url)
    await hub.publish({ folder: folderOf('dsads/torso_s1') })
    await server.query(
      `create function wait() returns trigger language plpgsql as
         $$ begin perform pg_advisory_xact_lock(4); return null; end $$;
       create constraint trigger wait after insert on version deferrable initially deferred
         for each row execute function wait()`,
      database,
    )
    const holder = await lockHolder(url, 'select pg_advisory_xact_lock(4)')
    const publishing = hub.publish({ folder: folderOf('dsads/torso_s2') }).catch((error: unknown) => error)
    await terminate(server, database)
    await holder.letGo()
    expect(await publishing).toEqual(unreachable)
    expect(String(await publishing)).toMatch(/may have happened or not; to do it again does no harm/)
    expect(await expectWhole(url)).toEqual(modelsOf('torso', [1]))
    expect((await hub.publish({ folder: folderOf('dsads/torso_s2') })).created).toBe(true)
    expect(await expectWhole(url)).toEqual(modelsOf('torso', [1, 2]))
  })

  it('has what was committed though the answer was lost; to publish again changes nothing', async () => {
    const place = (await newDatabase(server)).url + objectsIn(temporaryFolder())
    await (await openHub(place)).publish({ folder: folderOf('dsads/torso_s1') })
    const proxy = await cuttingProxy(place)
    const hub = await openHub(proxy.url)
    proxy.cutAnswerTo('commit\0')
    await expect(hub.publish({ folder: folderOf('dsads/torso_s2') })).rejects.toThrow(/may have happened or not/)
    expect(await expectWhole(place)).toEqual(modelsOf('torso', [1, 2]))
    expect((await hub.publish({ folder: folderOf('dsads/torso_s2') })).created).toBe(false)
    expect(await expectWhole(place)).toEqual(modelsOf('torso', [1, 2]))
  })

  it('can be published to again after the connection was lost while the files went over', async () => {
    const { url } = await newDatabase(server)
    const proxy = await cuttingProxy(url)
    const hub = await openHub(proxy.url)
    await hub.publish({ folder: folderOf('dsads/torso_s1') })
    proxy.cutAnswerTo('object_chunk')
    await expect(hub.publish({ folder: folderOf('dsads/torso_s2') })).rejects.toThrow(unreachable)
    expect(await expectWhole(url)).toEqual(modelsOf('torso', [1]))
    expect((await hub.publish({ folder: folderOf('dsads/torso_s2') })).created).toBe(true)
    expect(await expectWhole(url)).toEqual(modelsOf('torso', [1, 2]))
  })
})
