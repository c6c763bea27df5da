import { ModelHubError } from '../common/index.ts'
import type { ColumnChunk, NumericColumn, ReadOptions } from '../dataset/index.ts'
import type { InputSignature } from '../model/index.ts'
import type { Table } from '../readers/index.ts'
import { chooseColumns } from './choose-columns.ts'
import { chunkChoice } from './chunk-choice.ts'
import { ColumnScaler } from './column-scaler.ts'
import { countRows } from './count-rows.ts'
import type { BatchTensor, Census, InputBatch, InputSource } from './input-source.ts'
import { namedFirst } from './named-first.ts'
import { narrowTable, openWhole, tellExtra } from './narrow-table.ts'
import type { PrepareOptions } from './prepare-options.ts'
import { product, rowShapes } from './tensor-width.ts'

/** What was settled when a table was opened for a model. */
interface OpenedTable {
  readonly table: Table
  /** Names of the columns, in the card's order. */
  readonly names: readonly string[]
  /** Their positions among the table's features. */
  readonly positions: readonly number[]
  readonly shapes: readonly (readonly number[])[]
  readonly scaler: ColumnScaler
  readonly warnings: readonly string[]
}

/**
 * Opens a table (or a view that gives numbers) for a model of named columns. Further columns are left out, with a
 * warning, or refused under `strict`.
 *
 * @throws COLUMN_MISSING, MODEL_MISMATCH, CARD_INVALID when the card names no columns, USAGE, and what opening throws
 */
export async function openTableInputs(
  paths: readonly string[],
  signature: InputSignature,
  options: PrepareOptions,
): Promise<InputSource> {
  const names = columnNames(signature, options.columns)
  const shapes = rowShapes(signature, names.length)
  const scaler = new ColumnScaler(signature, names.length)
  let table = await openWhole(paths, options)
  try {
    chooseColumns(paths[0], table.features, names)
    const wanted = { paths, names, options }
    const warnings = tellExtra(table, wanted)
    table = await narrowTable(table, wanted)
    const positions = chooseColumns(paths[0], table.features, names)
    return new TableInputs({ table, names, positions, shapes, scaler, warnings })
  } catch (error) {
    table.close()
    throw error
  }
}

function columnNames({ columns }: InputSignature, given: readonly string[] | undefined): readonly string[] {
  if (columns === undefined) {
    throw new ModelHubError('CARD_INVALID', 'modelhub.input.columns: expected names of columns, as kind is table')
  }
  if (given !== undefined && given.length !== columns.length) {
    throw new ModelHubError('USAGE', `columns: expected ${columns.length} as in the card, got ${given.length}`)
  }
  return given ?? columns
}

class TableInputs implements InputSource {
  private readonly opened: OpenedTable
  private readonly missing = new Map<string, number>()

  constructor(opened: OpenedTable) {
    this.opened = opened
  }

  get warnings(): readonly string[] {
    const { table, warnings, scaler } = this.opened
    const count = [...this.missing.values()].reduce((sum, values) => sum + values, 0)
    const told = count === 0 ? [] : [scaler.missingTold(count, namedFirst([...this.missing.keys()]))]
    return [...table.warnings, ...warnings, ...told]
  }

  census(options: ReadOptions): Promise<Census> {
    const { table, scaler } = this.opened
    return countRows(table, options, scaler.needsRanges ? chunk => this.seeRanges(chunk) : undefined)
  }

  async *batches(chosen: Uint32Array, options: ReadOptions): AsyncGenerator<InputBatch> {
    for await (const { chunk, rows, before } of chunkChoice(this.opened.table.chunks(options), chosen)) {
      yield { rows, tensors: this.tensors(chunk, rows, before) }
    }
  }

  close(): void {
    this.opened.table.close()
  }

  private seeRanges({ rows, columns }: ColumnChunk): void {
    const { positions, scaler } = this.opened
    positions.forEach((f, column) => {
      const values = columns[f] as NumericColumn
      for (let row = 0; row < rows; row++) scaler.see(values[row], column)
    })
  }

  /** The chosen rows of a chunk, the columns parted among the tensors in order. */
  private tensors({ columns }: ColumnChunk, rows: Uint32Array, before: number): readonly BatchTensor[] {
    const { positions, shapes, scaler, names } = this.opened
    let column = 0
    return shapes.map(rowShape => {
      const width = product(rowShape)
      const values = new Float64Array(rows.length * width)
      for (let i = 0; i < width; i++, column++) {
        const source = columns[positions[column]] as NumericColumn
        let missing = 0
        for (let r = 0; r < rows.length; r++) {
          const value = source[rows[r] - before]
          if (!Number.isFinite(value)) missing++
          values[r * width + i] = scaler.scaled(value, column)
        }
        if (missing > 0) this.missing.set(names[column], (this.missing.get(names[column]) ?? 0) + missing)
      }
      return { rowShape, values }
    })
  }
}
