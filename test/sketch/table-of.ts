import type { Column, ColumnSource, Feature } from '../../src/dataset/index.ts'

/** A table in memory as a source, in one chunk. */
export function tableOf(features: readonly Feature[], columns: readonly Column[]): ColumnSource {
  const rows = columns[0].length
  return {
    features,
    rows,
    async *chunks() {
      yield await Promise.resolve({ file: 0, firstRow: 0, rows, columns })
    },
  }
}
