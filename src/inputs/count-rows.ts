import type { ColumnChunk, ReadOptions } from '../dataset/index.ts'
import type { Table } from '../readers/index.ts'
import type { Census } from './input-source.ts'

/**
 * Rows and labels of a table. It is read in full only where that takes it: for the number of rows where neither labels
 * nor the file tell it, or to look at every chunk.
 *
 * @param look called with every chunk, if all rows must be seen
 */
export async function countRows(
  table: Table,
  options: ReadOptions,
  look?: (chunk: ColumnChunk) => void,
): Promise<Census> {
  let read = 0
  if (look || (table.label === undefined && table.rows === undefined)) {
    for await (const chunk of table.chunks(options)) {
      read += chunk.rows
      look?.(chunk)
    }
  }
  if (table.label === undefined) return { rows: table.rows ?? read }
  const labels = await table.labels(options)
  return { rows: labels.length, labels: labels.every(label => label === null) ? undefined : labels }
}
