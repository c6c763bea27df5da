import type { Column, NumericColumn, StringColumn } from '../dataset/index.ts'
import type { StreamedChunk } from './duckdb-session.ts'

/** The arrays behind DuckDB's vectors. Its own getters go value by value, some fifty times slower. */
interface VectorArrays {
  readonly items?: NumericColumn
  readonly childData?: { readonly items: NumericColumn }
}

/**
 * The columns of a chunk: copies, since DuckDB frees its own. Every numeric vector is without nulls (the SQL has put
 * NaN for them), so that its items are all there is; a fixed-size array becomes one column per item.
 */
export function chunkColumns({ vectors, width, rows }: StreamedChunk): readonly Column[] {
  const columns: Column[] = []
  for (let i = 0; i < width; i++) {
    const vector = vectors.getColumnVector(i)
    const { items, childData } = vector as VectorArrays
    if (items) columns.push(items.slice(0, rows))
    else if (childData) columns.push(...partedItems(childData.items, childData.items.length / vectors.rowCount, rows))
    else columns.push(vector.toArray().slice(0, rows) as StringColumn)
  }
  return columns
}

/** Items of shape (rows, width), row by row, as `width` columns. */
function partedItems(items: NumericColumn, width: number, rows: number): readonly NumericColumn[] {
  const emptyColumn = () => (items instanceof Float32Array ? new Float32Array(rows) : new Float64Array(rows))
  const columns = Array.from({ length: width }, emptyColumn)
  for (let row = 0, at = 0; row < rows; row++) {
    for (let i = 0; i < width; i++, at++) columns[i][row] = items[at]
  }
  return columns
}
