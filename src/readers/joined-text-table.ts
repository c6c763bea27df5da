import { ModelHubError } from '../common/index.ts'
import type { ColumnChunk, Feature, ReadOptions, StringColumn } from '../dataset/index.ts'
import { openTable } from './open-table.ts'
import type { Table, TableOptions } from './table.ts'

/** Parts that the reader makes of a timestamp or a vector column, after the column's own name. */
const PART = /(?:\.(?:year|month|day|weekday|hour)|\[\d+\])$/

/**
 * Opens a table with columns joined into one text feature, a blank between two values; the other columns are left out.
 * A row in which all are missing is missing.
 *
 * @param view `records`: all columns `left_…` and `right_…` as the text `record`, the bag of words of a pair of records
 *   (entity matching); `text:COL1,COL2`: the columns named, as the text `COL1,COL2`
 * @throws USAGE, COLUMN_MISSING and what opening a table throws
 */
export async function openJoinedText(
  paths: readonly string[],
  view: string,
  options: TableOptions = {},
): Promise<Table> {
  const plain = await openTable(paths, options)
  const present = [...new Set(plain.features.map(({ name }) => name.replace(PART, '')))]
  plain.close()
  const { name, columns } = joinedColumns(view, present, paths[0])
  const types = Object.fromEntries(columns.map(column => [column, 'text' as const]))
  const exclude = [...(options.exclude ?? []), ...present.filter(column => !columns.includes(column))]
  const table = await openTable(paths, { ...options, exclude, types })
  return new JoinedTextTable(table, { view, name, columns })
}

function joinedColumns(view: string, present: readonly string[], path: string) {
  if (view === 'records') {
    const columns = present.filter(name => /^(left|right)_/.test(name))
    if (columns.length > 0) return { name: 'record', columns }
    throw new ModelHubError('COLUMN_MISSING', `${path}: view records: no column is named left_… or right_…`)
  }
  const name = /^text:(.+)$/.exec(view)?.[1]
  if (!name) throw new ModelHubError('USAGE', `view: of a table expected records or text:COL1,COL2, got ${view}`)
  const columns = name.split(',')
  const missing = columns.find(column => !present.includes(column))
  if (missing !== undefined) throw new ModelHubError('COLUMN_MISSING', `${path}: column ${missing} is not there`)
  return { name, columns }
}

class JoinedTextTable implements Table {
  readonly view: string
  readonly features: readonly Feature[]
  private readonly table: Table
  private readonly order: readonly number[]

  constructor(table: Table, { view, name, columns }: { view: string; name: string; columns: readonly string[] }) {
    this.table = table
    this.view = view
    this.features = [{ name, type: 'text' }]
    this.order = columns.map(column => table.features.findIndex(feature => feature.name === column))
  }

  get label() {
    return this.table.label
  }

  get rows() {
    return this.table.rows
  }

  get files() {
    return this.table.files
  }

  get warnings() {
    return this.table.warnings
  }

  get sizeBytes() {
    return this.table.sizeBytes
  }

  async *chunks(options: ReadOptions = {}): AsyncGenerator<ColumnChunk> {
    for await (const chunk of this.table.chunks(options)) {
      const columns = this.order.map(f => chunk.columns[f] as StringColumn)
      const joined = Array.from({ length: chunk.rows }, (_, row) => {
        const values = columns.map(column => column[row]).filter(value => value !== null)
        return values.length === 0 ? null : values.join(' ')
      })
      yield { ...chunk, columns: [joined] }
    }
  }

  labels(options?: ReadOptions) {
    return this.table.labels(options)
  }

  close(): void {
    this.table.close()
  }
}
