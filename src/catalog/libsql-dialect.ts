import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import type Database from 'libsql'
import { setTimeout as sleep } from 'node:timers/promises'
import { ModelHubError, writeFault } from '../common/index.ts'

type LibsqlDatabase = InstanceType<typeof Database>

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
  readonly #database: LibsqlDatabase
  readonly #lockTimeoutMs: number

  /**
   * @param database opened with a timeout of 0
   * @param lockTimeoutMs how long a statement waits for another process's lock
   */
  constructor(database: LibsqlDatabase, lockTimeoutMs: number) {
    super({ database })
    this.#database = database
    this.#lockTimeoutMs = lockTimeoutMs
  }

  override createDriver(): Driver {
    return new PatientDriver(this.#database, patience(this.#lockTimeoutMs))
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
  readonly #database: LibsqlDatabase
  readonly #patiently: Patience

  constructor(database: LibsqlDatabase, patiently: Patience) {
    super({ database })
    this.#database = database
    this.#patiently = patiently
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    await super.acquireConnection()
    return new PatientConnection(this.#database, this.#patiently)
  }

  /**
   * By `exec`, which always finalises: a prepared `begin` that has met a lock counts as running until it is collected,
   * and no transaction of the connection could commit until then.
   */
  override async beginTransaction(): Promise<void> {
    await this.#patiently(() => this.#database.exec('begin immediate'))
  }

  /** SQLite has rolled back by itself where the disk is full; to do it again would hide that fault behind another. */
  override async rollbackTransaction(): Promise<void> {
    if (this.#database.inTransaction) await this.#patiently(() => this.#database.exec('rollback'))
  }
}

class PatientConnection implements DatabaseConnection {
  readonly #database: LibsqlDatabase
  readonly #patiently: Patience

  constructor(database: LibsqlDatabase, patiently: Patience) {
    this.#database = database
    this.#patiently = patiently
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const statement = await this.#patiently(() => this.#database.prepare(sql))
    if (statement.reader) return { rows: (await this.#patiently(() => statement.all(parameters))) as R[] }
    const { changes } = await this.#patiently(() => statement.run(parameters))
    return { rows: [], numAffectedRows: BigInt(changes) }
  }

  streamQuery(): never {
    throw new ModelHubError('INTERNAL', 'catalog: queries are not streamed')
  }
}

/** Runs an attempt, again and again while it meets a lock. */
type Patience = <T>(attempt: () => T) => Promise<T>

function patience(timeoutMs: number): Patience {
  return async attempt => {
    const deadline = performance.now() + timeoutMs
    for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        return attempt()
      } catch (error) {
        if (!isBusy(error)) throw writeFault(error, 'hub')
        if (performance.now() > deadline) {
          const message = `hub: another process has kept it locked for ${timeoutMs / 1000} s`
          throw new ModelHubError('HUB_BUSY', message, { cause: error })
        }
      }
      await sleep(pauseMs)
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
