import { checkColumnCount } from './column-limit.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import type { FileTable } from './file-table.ts'
import type { FileToOpen } from './file-to-open.ts'
import { probeColumns } from './probe-columns.ts'
import { quoteIdentifier, quotePath } from './sql-quoting.ts'

/**
 * Opens a Parquet file: columns, types and the number of rows from its footer.
 *
 * @throws TOO_MANY_COLUMNS above MAX_FEATURES; DuckDB's own errors pass through
 */
export async function openParquet(session: DuckDBSession, file: FileToOpen): Promise<FileTable> {
  const { path, signal } = file
  const source = quotePath(file.absolutePath)
  const relation = `read_parquet(${source}, hive_partitioning = false)`
  const described = await session.rows(`DESCRIBE SELECT * FROM ${relation}`, signal)
  checkColumnCount(path, described.length)
  const [[rows]] = await session.rows(`SELECT num_rows FROM parquet_file_metadata(${source})`, signal)
  const columns = described.map(([name, sqlType]) => ({
    name: String(name),
    ref: quoteIdentifier(String(name)),
    sqlType: String(sqlType),
  }))
  const probed = await probeColumns(session, { path, relation, columns, isUntyped: false, signal })
  return { path, ...probed, rows: Number(rows), warnings: [], relation: () => relation }
}
