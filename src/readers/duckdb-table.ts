import { ModelHubError } from '../common/index.ts'
import type { ColumnChunk, Feature, ReadOptions, StringColumn } from '../dataset/index.ts'
import { chunkColumns } from './chunk-columns.ts'
import { labelExpression, type ColumnExpressions } from './column-expressions.ts'
import type { PlannedColumn } from './column-plan.ts'
import type { DuckDBSession } from './duckdb-session.ts'
import type { Selection } from './file-select.ts'
import type { FileTable } from './file-table.ts'
import { streamFile } from './stream-file.ts'
import type { TablePlan } from './table-plan.ts'
import type { Table } from './table.ts'

/** Everything that was settled when the table was opened. */
export interface OpenedTable {
  readonly session: DuckDBSession
  /** All files in order, those without rows included. */
  readonly files: readonly FileTable[]
  readonly plan: TablePlan
  /** One for each column of the plan. */
  readonly expressions: ReadonlyMap<PlannedColumn, ColumnExpressions>
  readonly warnings: readonly string[]
  readonly sizeBytes: number
}

/** A dataset read through DuckDB, one SELECT a file. */
export class DuckDBTable implements Table {
  readonly features: readonly Feature[]
  readonly label?: string
  readonly rows?: number
  readonly files: readonly string[]
  readonly warnings: readonly string[]
  readonly sizeBytes: number
  private readonly opened: OpenedTable
  private isClosed = false

  constructor(opened: OpenedTable) {
    const { files, plan, expressions } = opened
    this.opened = opened
    this.features = plan.columns.flatMap(column => expressions.get(column)!.features)
    this.label = plan.label?.name
    this.rows = files.some(file => file.rows === undefined)
      ? undefined
      : files.reduce((sum, file) => sum + file.rows!, 0)
    this.files = files.map(file => file.path)
    this.warnings = opened.warnings
    this.sizeBytes = opened.sizeBytes
  }

  async *chunks(options: ReadOptions = {}): AsyncGenerator<ColumnChunk> {
    const { plan, expressions } = this.opened
    yield* this.read(plan.columns, (column, ref) => expressions.get(column)!.expressions(ref), options)
  }

  async labels(options: ReadOptions = {}): Promise<readonly (string | null)[]> {
    const { label } = this.opened.plan
    if (!label) throw new ModelHubError('USAGE', 'label: no label column was named when the table was opened')
    const known = new Map<string | null, string | null>()
    const labels: (string | null)[] = []
    for await (const { columns } of this.read([label], (column, ref) => [labelExpression(column, ref)], options)) {
      for (const value of columns[0] as StringColumn) {
        if (!known.has(value)) known.set(value, value)
        labels.push(known.get(value)!) // one string per class, not one per row
      }
    }
    return labels
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.opened.session.close()
  }

  private async *read(
    columns: readonly PlannedColumn[],
    select: Selection,
    options: ReadOptions,
  ): AsyncGenerator<ColumnChunk> {
    const { files, session } = this.opened
    if (this.isClosed) throw new ModelHubError('USAGE', 'table: read after it was closed')
    let done = 0
    for (const [ordinal, file] of files.entries()) {
      if (file.isEmpty) continue
      let firstRow = 0
      for await (const chunk of streamFile(session, { file, columns, select, signal: options.signal })) {
        const { rows } = chunk
        yield { file: ordinal, firstRow, rows, columns: chunkColumns(chunk) }
        firstRow += rows
        done += rows
        options.onProgress?.({ stage: 'reading', done, total: this.rows, unit: 'rows' })
      }
    }
  }
}
