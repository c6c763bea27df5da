import type { Column, ColumnSource, FeatureType } from '../src/dataset/index.ts'

/** A dataset in memory, given column by column: numbers are numeric, strings categorical unless `types` says text. */
export function columnSource(
  columns: Readonly<Record<string, Column>>,
  types: Readonly<Record<string, FeatureType>> = {},
): ColumnSource {
  const names = Object.keys(columns)
  const rows = columns[names[0]].length
  const typeOf = (name: string): FeatureType =>
    types[name] ?? (Array.isArray(columns[name]) ? 'categorical' : 'numeric')
  return {
    features: names.map(name => ({ name, type: typeOf(name) })),
    rows,

    async *chunks() {
      yield { file: 0, firstRow: 0, rows, columns: names.map(name => columns[name]) }
    },
  }
}
