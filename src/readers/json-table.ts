import { ModelHubError } from '../common/index.ts'
import { checkColumnCount } from './column-limit.ts'
import { describeColumns } from './describe-columns.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import { TYPE_SAMPLE_ROWS, type FileTable } from './file-table.ts'
import type { FileToOpen } from './file-to-open.ts'
import { probeColumns } from './probe-columns.ts'
import { quoteLiteral, quotePath } from './sql-quoting.ts'

/**
 * Opens a file of JSON records: one array of them, or one after the other. The columns are the keys of the first
 * TYPE_SAMPLE_ROWS records; a key that a record lacks is a missing value. A column that holds both numbers and words
 * is one of strings.
 *
 * @throws TOO_MANY_COLUMNS when the first record has more than MAX_FEATURES keys
 * @throws COLUMN_DUPLICATE when two keys are the same, upper and lower case not being told apart
 * @throws FILE_DAMAGED when a record is not an object; DuckDB's own errors pass through
 */
export async function openJson(session: DuckDBSession, file: FileToOpen): Promise<FileTable> {
  const { path, signal } = file
  const read = jsonReader(file)
  const records = read(`records = false, columns = {record: 'JSON'}`)
  const first = await session.rows(`SELECT len(json_keys(record)) FROM ${records} LIMIT 1`, signal)
  if (first.length === 0) return { path, columns: new Map(), isEmpty: true, warnings: [], relation: () => '' }
  if (first[0][0] === null) throw new ModelHubError('FILE_DAMAGED', `${path}: expected records, as in {"a": 1}`)
  checkColumnCount(path, Number(first[0][0]))
  const inferred = read('records = true, map_inference_threshold = -1, field_appearance_threshold = 0')
  const sample = `SELECT record FROM ${records} LIMIT ${TYPE_SAMPLE_ROWS}`
  const ownNames = `SELECT DISTINCT unnest(json_keys(record)) FROM (${sample})`
  const columns = await describeColumns(session, { path, relation: inferred, ownNames, signal })
  const probed = await probeColumns(session, { path, relation: inferred, columns, isUntyped: true, signal })
  const relation = (readTypes: ReadonlyMap<string, string>) => {
    const fields = columns.map(({ name }) => `${quoteLiteral(name)}: ${quoteLiteral(readType(readTypes.get(name)))}`)
    return read(`records = true, columns = {${fields.join(', ')}}`)
  }
  return { path, ...probed, warnings: [], relation }
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
