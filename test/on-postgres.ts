import { randomUUID } from 'node:crypto'
import { afterAll, describe, it, onTestFinished } from 'vitest'
import { startPostgres, type PostgresServer } from './postgres-server.ts'

/** A database of a test's own. */
export interface TestDatabase {
  readonly name: string
  /** With the password. */
  readonly url: string
}

/** Tests on a real PostgreSQL server of the file's own; where none can be had they are skipped by name. */
export async function onPostgres(title: string, tests: (server: PostgresServer) => void): Promise<void> {
  const started = await startPostgres()
  if ('reason' in started) {
    it.skipIf('reason' in started)(`${title}: needs a PostgreSQL server: ${started.reason}`, () => {
      throw new Error('reached without a server')
    })
    return
  }
  const { server } = started
  describe(title, () => {
    afterAll(() => server.remove())
    tests(server)
  })
}

/** An empty database, which goes with the test that asked for it. */
export async function newDatabase(server: PostgresServer): Promise<TestDatabase> {
  const name = `hub-${randomUUID()}`
  await server.query(`create database "${name}"`)
  onTestFinished(async () => {
    await server.query(`drop database "${name}" with (force)`)
  })
  return { name, url: server.url(name) }
}
