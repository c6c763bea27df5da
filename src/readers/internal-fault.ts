import { DuckDBSession } from './duckdb-session.ts'

/**
 * What really stopped a read. DuckDB fails with an internal error of its own when it comes upon a field that is not
 * UTF-8 in a file of which it reads some columns only, and is of no use from then on. So all columns are read once
 * more, as strings and in a new DuckDB; an error of any other kind is given back as it is.
 *
 * @param from SQL table expression that reads the file with every column a string
 * @param refs all columns of it, as quoted identifiers
 */
export async function internalFault(error: unknown, from: string, refs: readonly string[]): Promise<unknown> {
  if (!(error instanceof Error && error.message.startsWith('INTERNAL Error'))) return error
  const session = await DuckDBSession.open()
  try {
    await session.rows(`SELECT ${refs.map(ref => `max(hash(${ref}))`).join(', ')} FROM ${from}`)
    return error
  } catch (fault) {
    return fault
  } finally {
    session.close()
  }
}
