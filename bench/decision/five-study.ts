import { seededRandom } from '../../src/common/random.ts'
import { EVIDENCE_NAMES, shortlisted, type EvidenceName, type KnownTarget } from '../../src/decision/index.ts'
import { evidenceTable, type EvidenceTable } from '../../src/decision/evidence-table.ts'
import { centred } from '../../src/decision/experts.ts'
import { regretOf } from '../../src/decision/expert-weights.ts'
import { ridge, ridgeSums } from '../../src/decision/ridge.ts'
import { binaryF1 } from './binary-f1.ts'
import type { TargetPredictions } from '../matrix/predictions.ts'
import { markdownTable } from '../markdown-table.ts'
import { shortNumber } from '../record-result.ts'
import { mean } from './paired-loss.ts'
import type { FiveOutcome } from './outcome.ts'

/** What bounds a choice among five models that were run. */
export interface FiveStudy {
  /** Rows of the middle target. */
  readonly rows: number
  readonly chosen: number
  /** The single signal that chooses best among the five, known in hindsight. */
  readonly single: { readonly name: EvidenceName; readonly regret: number }
  /** A linear mix of all signals that was fitted to the truth of these very targets. */
  readonly mix: number
  readonly oracle: number
  /** On one half of the rows, by the labels of the other half: of the five, and of all. */
  readonly halfOfFive: number
  readonly halfOfAll: number
}

export interface FiveTask {
  readonly targets: readonly KnownTarget[]
  readonly outcomes: readonly FiveOutcome[]
  readonly predictions: ReadonlyMap<string, TargetPredictions>
}

const PENALTY = 1e-3
const SPLITS = 20

/** Looks at what could have been chosen. */
export function fiveStudy({ targets, outcomes, predictions }: FiveTask): FiveStudy {
  const ofTarget = new Map(targets.map(target => [target.name, target]))
  const looked = outcomes.map(outcome => {
    const target = ofTarget.get(outcome.target)!
    const positions = outcome.ran.map(({ name }) => target.candidates.findIndex(one => one.name === name))
    const prior = new Float64Array(target.candidates.length)
    outcome.ran.forEach((model, i) => (prior[positions[i]] = model.prior))
    const five = shortlisted(target, positions, prior)
    return { table: evidenceTable(five), values: Float64Array.from(five.values), oracle: outcome.oracle }
  })
  const regretBy = (scoresOf: (table: EvidenceTable) => Float64Array) =>
    mean(looked.map(({ table, values, oracle }) => oracle + regretOf(scoresOf(table), values)))
  const nothing = (table: EvidenceTable) => new Float64Array(table.size)
  const singles = EVIDENCE_NAMES.filter(name => looked.some(({ table }) => table.columns.has(name))).map(name => ({
    name,
    regret: regretBy(table => table.columns.get(name)?.standard ?? nothing(table)),
  }))
  const rowsOf = (table: EvidenceTable) => {
    const columns = EVIDENCE_NAMES.map(name => table.columns.get(name)?.standard ?? nothing(table))
    return Array.from({ length: table.size }, (_, c) => Float64Array.from(columns, column => column[c]))
  }
  const weights = ridge(
    looked.map(({ table, values }) => ridgeSums(rowsOf(table), centred(values), 1)),
    PENALTY,
  )
  const halves = outcomes.map(({ target, ran }) => {
    return halfLabelled(ofTarget.get(target)!, predictions.get(target)!, new Set(ran.map(({ name }) => name)))
  })
  const rows = halves.map(half => half.rows).sort((a, b) => a - b)
  return {
    rows: rows[rows.length >> 1],
    chosen: mean(outcomes.map(({ chosen }) => chosen)),
    single: singles.reduce((best, one) => (one.regret < best.regret ? one : best)),
    mix: regretBy(table => Float64Array.from(rowsOf(table), row => row.reduce((sum, x, f) => sum + x * weights[f], 0))),
    oracle: mean(outcomes.map(({ oracle }) => oracle)),
    halfOfFive: mean(halves.map(half => half.ofFive)),
    halfOfAll: mean(halves.map(half => half.ofAll)),
  }
}

/** Regret on one half of the rows of the candidate that is best on the other, mean over random halves. */
function halfLabelled({ candidates, metric }: KnownTarget, told: TargetPredictions, five: ReadonlySet<string>) {
  const unpack = (text: string) => Buffer.from(text, 'base64')
  const truth = unpack(told.truth)
  const said = candidates.map(({ name }) => unpack(told.models[name].predicted))
  const valueOf = (labels: Uint8Array, rows: readonly number[]) => {
    if (metric === 'f1') return binaryF1({ labels, truth, rows, positive: told.classes.indexOf('match') })
    return rows.filter(row => labels[row] === truth[row]).length / rows.length
  }
  const random = seededRandom(1)
  const [ofFive, ofAll] = [[], []] as [number[], number[]]
  for (let split = 0; split < SPLITS; split++) {
    const shown = Array.from(truth, () => random() < 0.5)
    const [seen, scored] = [true, false].map(which => Array.from(truth.keys()).filter(row => shown[row] === which))
    if (seen.length === 0 || scored.length === 0) continue
    const values = said.map(labels => [valueOf(labels, seen), valueOf(labels, scored)] as const)
    const best = Math.max(...values.map(([, value]) => value))
    const lost = (some: readonly (readonly [number, number])[]) =>
      best - some.reduce((first, one) => (one[0] > first[0] ? one : first))[1]
    ofAll.push(lost(values))
    ofFive.push(lost(values.filter((_, c) => five.has(candidates[c].name))))
  }
  return { rows: truth.length, ofFive: mean(ofFive), ofAll: mean(ofAll) }
}

/** The studies as a table. */
export function fiveStudyTable(studies: ReadonlyMap<string, FiveStudy>): string {
  return markdownTable(
    [
      'workload',
      'rows of a target, median',
      'chosen',
      'best single signal',
      'its regret',
      'mix fitted to these truths',
      'best of the five',
      'half the labels, of the five',
      'half the labels, of all',
    ],
    Array.from(studies, ([view, { rows, single, ...study }]) => [
      view,
      String(rows),
      shortNumber(study.chosen),
      single.name,
      ...[single.regret, study.mix, study.oracle, study.halfOfFive, study.halfOfAll].map(shortNumber),
    ]),
  )
}
