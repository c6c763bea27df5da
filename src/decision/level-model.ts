import type { EvidenceName } from './evidence-names.ts'
import type { EvidenceTable } from './evidence-table.ts'
import type { Lesson } from './experts.ts'
import { ridge, ridgeSums } from './ridge.ts'

/** A piece of evidence in a level: its place and spread over all lessons, and what its steps are worth. */
export interface LevelTerm {
  readonly name: EvidenceName
  readonly mean: number
  readonly deviation: number
  /** Of a standard deviation over all lessons. */
  readonly overall: number
  /** Of a standard deviation within the target. */
  readonly within: number
}

/** What value to expect of a candidate, by the evidence as it is and not only by its differences. */
export interface LevelModel {
  /** Mean value over the lessons' targets. */
  readonly base: number
  readonly terms: readonly LevelTerm[]
}

const PENALTY = 1

/**
 * Ridge regression of values on evidence in standard deviations over all lessons, and within each target; all targets
 * weigh alike.
 *
 * @param lessons at least one
 */
export function levelModel(lessons: readonly Lesson[], names: readonly EvidenceName[]): LevelModel {
  const scaled = names.map(name => {
    return { name, ...scaleOf(lessons.flatMap(({ table }) => Array.from(table.columns.get(name)?.raw ?? []))) }
  })
  const base = meanOf(lessons.map(({ values }) => meanOf(values)))
  const sums = lessons.map(({ table, values }) => {
    const parts = scaled.flatMap(term => partsOf(term, table))
    const rows = Array.from(values.keys(), c => Float64Array.from(parts, part => part[c]))
    const differences = values.map(value => value - base)
    return ridgeSums(rows, differences, 1 / values.length)
  })
  const weights = ridge(sums, PENALTY)
  return { base, terms: scaled.map((term, f) => ({ ...term, overall: weights[2 * f], within: weights[2 * f + 1] })) }
}

/** Expected values, shape (candidates). */
export function levelsOf({ base, terms }: LevelModel, table: EvidenceTable): Float64Array {
  const levels = new Float64Array(table.size).fill(base)
  for (const term of terms) {
    const [overall, within] = partsOf(term, table)
    levels.forEach((_, c) => (levels[c] += term.overall * overall[c] + term.within * within[c]))
  }
  return levels
}

function partsOf({ name, mean, deviation }: Pick<LevelTerm, 'name' | 'mean' | 'deviation'>, table: EvidenceTable) {
  const found = table.columns.get(name)
  const nothing = new Float64Array(table.size)
  if (!found) return [nothing, nothing]
  return [found.raw.map(value => (Number.isFinite(value) ? (value - mean) / deviation : 0)), found.standard]
}

function scaleOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const known = values.filter(value => Number.isFinite(value))
  const mean = meanOf(known)
  const deviation = Math.sqrt(meanOf(known.map(value => (value - mean) ** 2)))
  return { mean, deviation: deviation > 1e-9 ? deviation : 1 }
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / Math.max(1, values.length)
}
