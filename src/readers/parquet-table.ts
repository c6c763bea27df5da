import { describeColumns } from './describe-columns.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import type { FileTable } from './file-table.ts'
import type { FileToOpen } from './file-to-open.ts'
import { probeColumns } from './probe-columns.ts'
import { quotePath } from './sql-quoting.ts'

/**
 * Opens a Parquet file: columns, types and the number of rows from its footer.
 *
 * @throws TOO_MANY_COLUMNS above MAX_FEATURES
 * @throws COLUMN_DUPLICATE when two names are the same; DuckDB's own errors pass through
 */
export async function openParquet(session: DuckDBSession, file: FileToOpen): Promise<FileTable> {
  const { path, signal } = file
  const source = quotePath(file.absolutePath)
  const relation = `read_parquet(${source}, hive_partitioning = false)`
  const ownNames = `SELECT name FROM parquet_schema(${source})`
  const columns = await describeColumns(session, { path, relation, ownNames, signal })
  const [[rows]] = await session.rows(`SELECT num_rows FROM parquet_file_metadata(${source})`, signal)
  const probed = await probeColumns(session, { path, relation, columns, isUntyped: false, signal })
  return { path, ...probed, rows: Number(rows), warnings: [], relation: () => relation }
}
