import type { EvidenceName } from './evidence-names.ts'
import type { EvidenceTable } from './evidence-table.ts'
import { sizeOf, type Lesson } from './experts.ts'
import { ridge, ridgeSums } from './ridge.ts'

/** Says what accuracy to expect, by the evidence as it is and not only by its differences. */
export type LevelModel = (table: EvidenceTable) => Float64Array

const PENALTY = 1

/** Ridge regression of values on evidence in standard deviations over all lessons, and within each target. */
export function levelModel(lessons: readonly Lesson[], names: readonly EvidenceName[]): LevelModel {
  const scales = names.map(name => scaleOf(lessons.flatMap(({ table }) => Array.from(table.get(name)?.raw ?? []))))
  const rowsOf = (table: EvidenceTable) =>
    Array.from({ length: sizeOf(table) }, (_, c) => {
      return Float64Array.from(names.flatMap((name, f) => {
        const found = table.get(name)
        const raw = found?.raw[c] ?? NaN
        const scaled = Number.isFinite(raw) ? (raw - scales[f].mean) / scales[f].deviation : 0
        return [scaled, found?.standard[c] ?? 0]
      }))
    })
  const means = lessons.map(({ values }) => values.reduce((sum, value) => sum + value, 0) / values.length)
  const base = means.reduce((sum, value) => sum + value, 0) / means.length
  const sums = lessons.map(({ table, values }) => {
    return ridgeSums(rowsOf(table), values.map(value => value - base), 1 / values.length)
  })
  const weights = ridge(sums, PENALTY)
  return table => Float64Array.from(rowsOf(table), row => row.reduce((sum, x, f) => sum + x * weights[f], base))
}

function scaleOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const known = values.filter(value => Number.isFinite(value))
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length))
  return { mean, deviation: deviation > 1e-9 ? deviation : 1 }
}
