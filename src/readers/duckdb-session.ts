import { DuckDBInstance, type DuckDBConnection, type DuckDBDataChunk, type Json } from '@duckdb/node-api'
import { throwIfCancelled } from '../common/index.ts'

/**
 * In memory and without a folder to spill to, so that nothing is left behind however the process ends; no extension is
 * fetched. Streaming needs little of the limit: the widest table allowed takes some 160 MB a chunk of 2,048 rows.
 */
const SETTINGS = {
  memory_limit: '2GB',
  temp_directory: '',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
}

/** One embedded DuckDB for the life of a table; every read has a connection of its own. */
export class DuckDBSession {
  private readonly instance: DuckDBInstance

  private constructor(instance: DuckDBInstance) {
    this.instance = instance
  }

  static async open(): Promise<DuckDBSession> {
    const session = new DuckDBSession(await DuckDBInstance.create(':memory:', SETTINGS))
    await session.rows(`SET GLOBAL TimeZone = 'UTC'`)
    return session
  }

  /**
   * All rows of a query with a small answer, each a list of JSON values.
   *
   * @throws CANCELLED once the signal is aborted; DuckDB's own errors pass through
   */
  async rows(sql: string, signal?: AbortSignal): Promise<readonly Json[][]> {
    return this.connected(signal, async connection => (await connection.runAndReadAll(sql)).getRowsJson())
  }

  /**
   * The chunks of a query, in order, of up to 2,048 rows; the next one is fetched while the caller works on this one.
   *
   * @throws CANCELLED once the signal is aborted; DuckDB's own errors pass through
   */
  async *stream(sql: string, signal?: AbortSignal): AsyncGenerator<DuckDBDataChunk> {
    const connection = await this.instance.connect()
    const interrupt = () => connection.interrupt()
    signal?.addEventListener('abort', interrupt)
    let next: Promise<DuckDBDataChunk | null> | undefined
    try {
      throwIfCancelled(signal, 'reading')
      const result = await connection.stream(sql)
      next = result.fetchChunk()
      for (;;) {
        const chunk = await next
        throwIfCancelled(signal, 'reading')
        if (!chunk || chunk.rowCount === 0) return
        next = result.fetchChunk()
        next.catch(() => undefined) // reported when it is awaited, not before
        yield chunk
      }
    } catch (error) {
      throwIfCancelled(signal, 'reading')
      throw error
    } finally {
      signal?.removeEventListener('abort', interrupt)
      connection.interrupt()
      await next?.catch(() => undefined)
      connection.disconnectSync()
    }
  }

  close(): void {
    this.instance.closeSync()
  }

  private async connected<T>(signal: AbortSignal | undefined, work: (connection: DuckDBConnection) => Promise<T>) {
    throwIfCancelled(signal, 'reading')
    const connection = await this.instance.connect()
    const interrupt = () => connection.interrupt()
    signal?.addEventListener('abort', interrupt)
    try {
      return await work(connection)
    } catch (error) {
      throwIfCancelled(signal, 'reading')
      throw error
    } finally {
      signal?.removeEventListener('abort', interrupt)
      connection.disconnectSync()
    }
  }
}
