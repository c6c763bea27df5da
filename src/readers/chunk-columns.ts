import type { DuckDBDataChunk } from '@duckdb/node-api'
import type { Column, NumericColumn, StringColumn } from '../dataset/index.ts'

/** The arrays behind DuckDB's vectors. Its own getters go value by value, some fifty times slower. */
interface VectorArrays {
  readonly items?: NumericColumn
  readonly childData?: { readonly items: NumericColumn }
}

/**
 * The columns of a chunk: copies, since DuckDB frees its own. Every numeric vector is without nulls (the SQL has put
 * NaN for them), so that its items are all there is; a fixed-size array becomes one column per item.
 */
export function chunkColumns(chunk: DuckDBDataChunk): readonly Column[] {
  const columns: Column[] = []
  for (let i = 0; i < chunk.columnCount; i++) {
    const vector = chunk.getColumnVector(i)
    const { items, childData } = vector as VectorArrays
    if (items) columns.push(items.slice())
    else if (childData) columns.push(...partedItems(childData.items, chunk.rowCount))
    else columns.push(vector.toArray() as StringColumn)
  }
  return columns
}

/** Items of shape (rows, width), row by row, as `width` columns. */
function partedItems(items: NumericColumn, rows: number): readonly NumericColumn[] {
  const width = items.length / rows
  const emptyColumn = () => (items instanceof Float32Array ? new Float32Array(rows) : new Float64Array(rows))
  const columns = Array.from({ length: width }, emptyColumn)
  for (let row = 0, at = 0; row < rows; row++) {
    for (let i = 0; i < width; i++, at++) columns[i][row] = items[at]
  }
  return columns
}
