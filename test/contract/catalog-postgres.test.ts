import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, it } from 'vitest'
import { openCatalog } from '../../src/catalog/index.ts'
import { startPostgres } from '../postgres-server.ts'
import { catalogContract, type CatalogOpener } from './catalog-contract.ts'
import { historyContract } from './history-contract.ts'

const started = await startPostgres()
if ('reason' in started) {
  it.skipIf('reason' in started)(`the catalog contract holds: needs a PostgreSQL server: ${started.reason}`, () => {
    throw new Error('reached without a server')
  })
} else {
  const { server } = started
  afterAll(() => server.remove())
  const made = new Set<string>()
  const database = async (hub: string) => {
    if (!made.has(hub)) await server.query(`create database "${hub}"`)
    made.add(hub)
    return server.url(hub)
  }
  const drop = (hub: string) => server.query(`drop database "${hub}"`).then(() => undefined)

  const inDatabase: CatalogOpener = {
    name: 'a PostgreSQL server, objects in the database',
    open: async hub => openCatalog(await database(hub), { create: true }),
    destroy: drop,
  }
  catalogContract(inDatabase)
  historyContract(inDatabase)

  const objects = join(tmpdir(), `modelhub-objects-${randomUUID()}`)
  afterAll(() => rm(objects, { recursive: true }))
  catalogContract({
    name: 'a PostgreSQL server, objects in a folder',
    open: async hub =>
      openCatalog(`${await database(hub)}?objects=${encodeURIComponent(join(objects, hub))}`, { create: true }),
    destroy: drop,
  })
}
