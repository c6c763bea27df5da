import { boostedTrees, treePulls } from './boosted-trees.ts'
import type { EvidenceName } from './evidence-names.ts'
import type { EvidenceTable } from './evidence-table.ts'
import { ridge, ridgeSums, type RidgeSums } from './ridge.ts'

/** Evidence and what each of it adds to a score of each candidate, shape (candidates). */
export type Contributions = ReadonlyMap<EvidenceName, Float64Array>

/** A way to put candidates in order: the sum of what the evidence adds, the greater the better. */
export interface Expert {
  readonly name: string
  contributions(table: EvidenceTable): Contributions
}

/** Targets whose values are known: what experts are trained on. */
export interface Lesson {
  readonly table: EvidenceTable
  /** Shape (candidates). */
  readonly values: Float64Array
}

/** Evidence that is trusted as it is. */
const SINGLE: readonly EvidenceName[] = [
  'prior',
  'fit',
  'elsewhere',
  'source-accuracy',
  'js',
  'confidence',
  'vote',
  'weighted-vote',
  'crowd',
  'crowd-elsewhere',
  'crowd-f1',
  'crowd-f1-elsewhere',
]

/** Penalty beside one unit of weight a target. */
const PENALTY = 1
const BOOST = { trees: 100, depth: 3, leafRows: 20, rate: 0.1, sample: 2_000 }

/** Single pieces of evidence, and two regressors on all of it. */
export function trainedExperts(lessons: readonly Lesson[], names: readonly EvidenceName[]): Expert[] {
  const single = SINGLE.filter(name => names.includes(name)).map((name): Expert => {
    return { name, contributions: table => new Map([[name, columnOf(table, name, 'standard')]]) }
  })
  if (lessons.length === 0) return single
  return [...single, ridgeExpert(lessons, names), treesExpert(lessons, names)]
}

/** A column of the table; all unknown where the table lacks it. */
function columnOf(table: EvidenceTable, name: EvidenceName, kind: 'raw' | 'standard'): Float64Array {
  const found = table.columns.get(name)?.[kind]
  if (found) return found
  return new Float64Array(table.size).fill(kind === 'raw' ? NaN : 0)
}

/** Differences within a target by ridge regression on differences of the evidence. */
function ridgeExpert(lessons: readonly Lesson[], names: readonly EvidenceName[]): Expert {
  const sums = lessons.map(({ table, values }): RidgeSums => {
    const rows = standardRows(table, names)
    return ridgeSums(rows, centred(values), 1 / Math.max(1, rows.length))
  })
  const weights = ridge(sums, PENALTY)
  return {
    name: 'ridge',
    contributions: table =>
      new Map(names.map((name, f) => [name, columnOf(table, name, 'standard').map(value => value * weights[f])])),
  }
}

function standardRows(table: EvidenceTable, names: readonly EvidenceName[]): Float64Array[] {
  const columns = names.map(name => columnOf(table, name, 'standard'))
  return Array.from({ length: table.size }, (_, c) => Float64Array.from(columns, column => column[c]))
}

/** The mean taken off. */
export function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return values.map(value => value - mean)
}

/** Differences within a target by boosted trees on the evidence and its differences. */
function treesExpert(lessons: readonly Lesson[], names: readonly EvidenceName[]): Expert {
  const columns = names.flatMap(name => [
    joined(lessons.map(({ table }) => columnOf(table, name, 'raw'))),
    joined(lessons.map(({ table }) => differences(table, name))),
  ])
  const model = boostedTrees(columns, joined(lessons.map(({ values }) => centred(values))), BOOST)
  return {
    name: 'trees',
    contributions(table) {
      const own = names.flatMap(name => [columnOf(table, name, 'raw'), differences(table, name)])
      const pulls = Array.from({ length: table.size }, (_, c) => {
        return treePulls(
          model,
          Float64Array.from(own, column => column[c]),
        )
      })
      return new Map(names.map((name, f) => [name, Float64Array.from(pulls, pull => pull[2 * f] + pull[2 * f + 1])]))
    },
  }
}

/** Standard deviations from the mean, NaN where the evidence is not known. */
function differences(table: EvidenceTable, name: EvidenceName): Float64Array {
  const found = table.columns.get(name)
  if (!found) return new Float64Array(table.size).fill(NaN)
  return found.standard.map((value, c) => (Number.isNaN(found.raw[c]) ? NaN : value))
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Sum of contributions, shape (candidates). */
export function totalOf(contributions: Contributions, candidates: number): Float64Array {
  const total = new Float64Array(candidates)
  for (const part of contributions.values()) part.forEach((value, c) => (total[c] += value))
  return total
}
