import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type QueryResult,
} from 'kysely'
import { ModelHubError } from '../common/index.ts'

/** What a fault of the driver is to be thrown as. */
type Telling = (error: unknown) => unknown

/** Kysely's PostgreSQL dialect whose faults are ModelHub's (see `postgresFault`). */
export class PostgresHubDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig
  readonly #tell: Telling

  constructor(config: PostgresDialectConfig, tell: Telling) {
    super(config)
    this.#config = config
    this.#tell = tell
  }

  override createDriver(): Driver {
    return new TellingDriver(this.#config, this.#tell)
  }
}

class TellingDriver extends PostgresDriver {
  readonly #tell: Telling

  constructor(config: PostgresDialectConfig, tell: Telling) {
    super(config)
    this.#tell = tell
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await super.acquireConnection().catch((error: unknown) => {
      throw this.#tell(error)
    })
    return new TellingConnection(inner, this.#tell)
  }

  /** A lost connection needs no rollback, and its loss is not to hide what went wrong. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: unknown) => {
      if (!(error instanceof ModelHubError && error.code === 'HUB_UNREACHABLE')) throw error
    })
  }

  override releaseConnection(connection: DatabaseConnection): Promise<void> {
    const { inner } = connection as TellingConnection
    return super.releaseConnection(inner as Parameters<PostgresDriver['releaseConnection']>[0])
  }
}

class TellingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  readonly #tell: Telling

  constructor(inner: DatabaseConnection, tell: Telling) {
    this.inner = inner
    this.#tell = tell
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>(query)
    } catch (error) {
      throw this.#tell(error)
    }
  }

  streamQuery(): never {
    throw new ModelHubError('INTERNAL', 'catalog: queries are not streamed')
  }
}
