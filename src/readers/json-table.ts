import { ModelHubError } from '../common/index.ts'
import { checkColumnCount } from './column-limit.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import type { FileTable } from './file-table.ts'
import type { FileToOpen } from './file-to-open.ts'
import { probeColumns } from './probe-columns.ts'
import { quoteIdentifier, quoteLiteral, quotePath } from './sql-quoting.ts'

/**
 * Opens a file of JSON records: one array of them, or one after the other. The columns are the keys of the first
 * TYPE_SAMPLE_ROWS records; a key that a record lacks is a missing value. A column that holds both numbers and words
 * is one of strings.
 *
 * @throws TOO_MANY_COLUMNS when the first record has more than MAX_FEATURES keys
 * @throws FILE_DAMAGED when a record is not an object; DuckDB's own errors pass through
 */
export async function openJson(session: DuckDBSession, file: FileToOpen): Promise<FileTable> {
  const read = jsonReader(file)
  const first = await session.rows(
    `SELECT len(json_keys(record)) FROM ${read(`records = false, columns = {record: 'JSON'}`)} LIMIT 1`,
    file.signal,
  )
  if (first.length === 0)
    return { path: file.path, columns: new Map(), isEmpty: true, warnings: [], relation: () => '' }
  if (first[0][0] === null) throw new ModelHubError('FILE_DAMAGED', `${file.path}: expected records, as in {"a": 1}`)
  checkColumnCount(file.path, Number(first[0][0]))
  const inferred = read('records = true, map_inference_threshold = -1, field_appearance_threshold = 0')
  const described = await session.rows(`DESCRIBE SELECT * FROM ${inferred}`, file.signal)
  checkColumnCount(file.path, described.length)
  const columns = described.map(([name, sqlType]) => ({
    name: String(name),
    ref: quoteIdentifier(String(name)),
    sqlType: String(sqlType),
  }))
  const probed = await probeColumns(session, {
    path: file.path,
    relation: inferred,
    columns,
    isUntyped: true,
    signal: file.signal,
  })
  const relation = (readTypes: ReadonlyMap<string, string>) => {
    const fields = columns.map(({ name }) => `${quoteLiteral(name)}: ${quoteLiteral(readType(readTypes.get(name)))}`)
    return read(`records = true, columns = {${fields.join(', ')}}`)
  }
  return { path: file.path, ...probed, warnings: [], relation }
}

function jsonReader({ absolutePath, format }: FileToOpen): (options: string) => string {
  const layout = format.layout === 'ndjson' ? 'newline_delimited' : 'auto'
  const packing = format.compression === 'none' ? 'uncompressed' : format.compression
  const fixed = `format = '${layout}', compression = '${packing}', hive_partitioning = false`
  return options => `read_json(${quotePath(absolutePath)}, ${fixed}, ${options})`
}

/** Numbers are parsed as VARCHAR and cast later: DuckDB then names the column in its error, which its JSON parser does not. */
function readType(sqlType: string | undefined): string {
  return sqlType === undefined || sqlType === 'DOUBLE' ? 'VARCHAR' : sqlType
}
