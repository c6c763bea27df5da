import { headerDelimiter, headerNames, isHeaderOpen } from './csv-header.ts'
import { checkColumnCount } from './column-limit.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import { TYPE_SAMPLE_ROWS, type FileTable } from './file-table.ts'
import type { FileToOpen } from './file-to-open.ts'
import { internalFault } from './internal-fault.ts'
import { probeColumns } from './probe-columns.ts'
import { quoteLiteral, quotePath } from './sql-quoting.ts'

/** Fields that stand for a missing value in CSV and TSV. */
const MISSING = ['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL']

/** Lines at the start of a file in which its header must begin and end. */
const HEADER_LINES = 100

/** The ASCII unit separator: with it as delimiter a line is one field. */
const UNIT_SEPARATOR = '\u001f'

interface Header {
  readonly names: readonly string[]
  readonly delimiter: string
  /** Empty lines before the header. */
  readonly skip: number
}

interface Sniffed {
  readonly sqlTypes: readonly string[]
  /** Options for the formats of dates and timestamps. */
  readonly dates: string
}

/** SQL that calls one of DuckDB's readers, with nothing left to guess but what the options leave open. */
type CsvReader = (reader: 'read_csv' | 'sniff_csv', options: string) => string

/**
 * Opens a CSV or TSV file. Its first line that is not empty is the header. DuckDB would guess the delimiter, and take a
 * ragged file for one of a single column; so delimiter and quotes are fixed before it sees the file, and only the types,
 * told from the first TYPE_SAMPLE_ROWS rows, are its guess.
 *
 * @throws TOO_MANY_COLUMNS when the header has more than MAX_FEATURES names; DuckDB's own errors pass through
 */
export async function openCsv(session: DuckDBSession, file: FileToOpen): Promise<FileTable> {
  const { path, signal } = file
  const header = await readHeader(session, file)
  if (!header) return { path, columns: new Map(), isEmpty: true, warnings: [], relation: () => '' }
  checkColumnCount(path, header.names.length)
  const read = csvReader(file, header)
  const strings = `auto_detect = false, columns = {${header.names.map((_, i) => `c${i}: 'VARCHAR'`).join(', ')}}`
  const sniffed = await sniffTypes(session, read, strings, signal)
  const columns = header.names.map((name, i) => ({ name, ref: `"c${i}"`, sqlType: sniffed.sqlTypes[i] }))
  const from = read('read_csv', strings)
  const probed = await probeColumns(session, { path, relation: from, columns, isUntyped: true, signal }).catch(
    async error => {
      throw await internalFault(
        error,
        from,
        columns.map(column => column.ref),
      )
    },
  )
  const relation = (readTypes: ReadonlyMap<string, string>) => {
    const fields = header.names.map((name, i) => `c${i}: ${quoteLiteral(readTypes.get(name) ?? 'VARCHAR')}`)
    return read('read_csv', `auto_detect = false, columns = {${fields.join(', ')}}${sniffed.dates}`)
  }
  return { path, ...probed, warnings: headerWarnings(path, header.names), relation }
}

async function readHeader(session: DuckDBSession, file: FileToOpen): Promise<Header | undefined> {
  const options = `auto_detect = false, delim = '${UNIT_SEPARATOR}', quote = '', escape = '', header = false, strict_mode = false`
  const source = `${quotePath(file.absolutePath)}, compression = '${file.format.compression}', comment = ''`
  const lines = await session.rows(
    `SELECT line FROM read_csv(${source}, ${options}, columns = {line: 'VARCHAR'}, hive_partitioning = false) LIMIT ${HEADER_LINES}`,
    file.signal,
  )
  const skip = lines.findIndex(([line]) => line !== null)
  if (skip < 0) return undefined
  let header = String(lines[skip][0])
  for (let i = skip + 1; isHeaderOpen(header) && i < lines.length; i++) header += `\n${String(lines[i][0] ?? '')}`
  const delimiter = file.format.layout === 'tsv' ? '\t' : headerDelimiter(header)
  return { names: headerNames(header, delimiter), delimiter, skip }
}

function csvReader({ absolutePath, format }: FileToOpen, { delimiter, skip }: Header): CsvReader {
  const strict = `header = true, skip = ${skip}, strict_mode = true, null_padding = false, ignore_errors = false`
  const dialect = `delim = ${quoteLiteral(delimiter)}, quote = '"', escape = '"', comment = '', ${strict}`
  const packing = `compression = '${format.compression}', hive_partitioning = false`
  const missing = `nullstr = [${MISSING.map(quoteLiteral).join(', ')}]`
  return (reader, options) => `${reader}(${quotePath(absolutePath)}, ${packing}, ${dialect}, ${missing}, ${options})`
}

/** The sniffer does not say which line is ragged; reading all the file as strings does. */
async function sniffTypes(
  session: DuckDBSession,
  read: CsvReader,
  strings: string,
  signal?: AbortSignal,
): Promise<Sniffed> {
  const sniffer = read('sniff_csv', `sample_size = ${TYPE_SAMPLE_ROWS}`)
  try {
    const [row] = await session.rows(
      `SELECT list_transform(columns, c -> c.type), dateformat, timestampformat FROM ${sniffer}`,
      signal,
    )
    const [types, dateFormat, timestampFormat] = row as [string[], string | null, string | null]
    const dates = [
      ...(dateFormat ? [`, dateformat = ${quoteLiteral(dateFormat)}`] : []),
      ...(timestampFormat ? [`, timestampformat = ${quoteLiteral(timestampFormat)}`] : []),
    ]
    return { sqlTypes: types, dates: dates.join('') }
  } catch (error) {
    await session.rows(`SELECT count(c0) FROM ${read('read_csv', strings)}`, signal)
    throw error
  }
}

function headerWarnings(path: string, names: readonly string[]): readonly string[] {
  const looksLikeData = names.every(name => name.trim() !== '' && Number.isFinite(Number(name)))
  return looksLikeData ? [`${path}: the first line is taken as the header, but holds numbers only`] : []
}
