import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { ModelHubError } from '../common/index.ts'

/** How long a statement waits for another process's lock. */
const LOCK_TIMEOUT_MS = 30_000
const LONGEST_PAUSE_MS = 50

/**
 * Kysely's SQLite dialect for several processes on one file.
 *
 * The library's own busy timeout would stop the whole process while it waits, and with it any other catalog open in it
 * on the same file, perhaps the one that holds the lock; here a statement that meets a lock is tried again after a
 * pause. That is safe because transactions take the write lock at once (`begin immediate`): only their first statement
 * and reads outside of one can meet a lock.
 */
export class LibsqlDialect extends SqliteDialect {
  readonly #database: SqliteDatabase

  constructor(database: SqliteDatabase) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new PatientDriver({ database: this.#database })
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter()
  }
}

/** SQLite creates tables within transactions, though Kysely does not rely on it. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class PatientDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return new PatientConnection(await super.acquireConnection())
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

class PatientConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection

  constructor(connection: DatabaseConnection) {
    this.#connection = connection
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const deadline = performance.now() + LOCK_TIMEOUT_MS
    for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        return await this.#connection.executeQuery<R>(query)
      } catch (error) {
        if (!isBusy(error)) throw error
        if (performance.now() > deadline) {
          const message = `hub: another process has kept it locked for ${LOCK_TIMEOUT_MS / 1000} s`
          throw new ModelHubError('HUB_BUSY', message, { cause: error })
        }
      }
      await sleep(pauseMs)
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#connection.streamQuery(query, chunkSize)
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
