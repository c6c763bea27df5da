import { DuckDBInstance, type DuckDBConnection, type DuckDBDataChunk, type Json } from '@duckdb/node-api'
import { ModelHubError, throwIfCancelled } from '../common/index.ts'

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

/** A SELECT, in parts. */
export interface StreamedQuery {
  readonly expressions: readonly string[]
  readonly from: string
  readonly limit?: number
}

/** A chunk of the answer: its first `width` vectors, of which the first `rows` values count. */
export interface StreamedChunk {
  readonly vectors: DuckDBDataChunk
  readonly width: number
  readonly rows: number
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
  async *stream(query: StreamedQuery, signal?: AbortSignal): AsyncGenerator<StreamedChunk> {
    const connection = await this.instance.connect()
    const interrupt = () => connection.interrupt()
    signal?.addEventListener('abort', interrupt)
    let next: Promise<DuckDBDataChunk | null> | undefined
    try {
      throwIfCancelled(signal, 'reading')
      const result = await connection.stream(endMarked(query))
      next = result.fetchChunk()
      for (;;) {
        const { chunk, isLast } = streamedChunk(await next, query.expressions.length)
        throwIfCancelled(signal, 'reading')
        if (!chunk) throw await this.lostError(query, signal)
        next = isLast ? undefined : result.fetchChunk()
        next?.catch(() => undefined) // reported when it is awaited, not before
        if (chunk.rows > 0) yield chunk
        if (isLast) return
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

  /** Runs a stream that ended early once more, in a way that reports what stopped it. */
  private async lostError({ expressions, from }: StreamedQuery, signal?: AbortSignal): Promise<unknown> {
    const hashes = expressions.map(expression => `max(hash(${expression}))`)
    return this.rows(`SELECT ${hashes.join(', ')} FROM ${from}`, signal).then(
      () => new ModelHubError('INTERNAL', 'reading: the stream of rows ended before its last row'),
      error => error,
    )
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

/**
 * When a stream fails after its first chunk, DuckDB's C interface ends it as if it were complete, and the binding does
 * not tell the two apart. So one more row, marked in a last column, is the proof that all rows have come.
 */
function endMarked({ expressions, from, limit }: StreamedQuery): string {
  const rows = `SELECT ${expressions.join(', ')}, false FROM ${from}${limit === undefined ? '' : ` LIMIT ${limit}`}`
  return `(${rows}) UNION ALL SELECT ${'NULL, '.repeat(expressions.length)}true`
}

/** A chunk without the marked row; none when the stream ended without it. */
function streamedChunk(
  vectors: DuckDBDataChunk | null | undefined,
  width: number,
): { chunk?: StreamedChunk; isLast: boolean } {
  if (!vectors || vectors.rowCount === 0) return { isLast: false }
  const { rowCount } = vectors
  const isLast = vectors.getColumnVector(width).getItem(rowCount - 1) === true
  return { chunk: { vectors, width, rows: isLast ? rowCount - 1 : rowCount }, isLast }
}
