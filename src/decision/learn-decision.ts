import { ModelHubError } from '../common/modelhub-error.ts'
import type { DecisionTarget, KnownTarget } from './decision-target.ts'
import type { EvidenceName } from './evidence-names.ts'
import { evidenceTable, withElsewhere, type EvidenceTable } from './evidence-table.ts'
import { trainedExperts, type Expert, type Lesson } from './experts.ts'
import { expertWeights, orderCost } from './expert-weights.ts'
import { levelModel, levelsOf, type LevelModel } from './level-model.ts'
import { meansElsewhere, type MeansElsewhere } from './means-elsewhere.ts'
import { expertScores, mixed, valuesOf } from './mixture.ts'
import type { PastDecision } from './past-decision.ts'
import { nearValues } from './near-values.ts'
import { blindScores } from './blind-scores.ts'

/** A decision learned from a history. */
export interface LearnedDecision {
  readonly names: readonly EvidenceName[]
  readonly experts: readonly Expert[]
  /** Shape (experts), summing to 1. */
  readonly weights: readonly number[]
  readonly level: LevelModel
  readonly past: readonly PastDecision[]
  /** The evidence of a target that is no part of the history. */
  tableOf(target: DecisionTarget): EvidenceTable
}

export interface LearnOptions {
  /** Evidence that may be used: what the target at hand has. */
  readonly names: readonly EvidenceName[]
  /** Where the accuracies elsewhere come from, when `known` holds only some of the candidates. Default `known`. */
  readonly history?: readonly KnownTarget[]
  /** Parts that the known targets are taken in, each decided by what the others teach. Default 20. */
  readonly parts?: number
}

const PARTS = 20
const NONE: ReadonlySet<string> = new Set()

interface Fold {
  readonly experts: readonly Expert[]
  readonly level: LevelModel
  readonly elsewhere: MeansElsewhere
  readonly leftOut: ReadonlySet<string>
}

/**
 * Learns how to decide from targets whose values are known.
 *
 * Each known target is first decided by experts that were trained without it and its kin; what each expert's order cost
 * there gives its weight. Accuracies elsewhere never hold the target's own.
 *
 * @param known targets with at least two candidates and of at least two kin
 * @throws OUT_OF_RANGE with fewer than two kin
 */
export function learnDecision(
  known: readonly KnownTarget[],
  { names, history = known, parts = PARTS }: LearnOptions,
): LearnedDecision {
  const kin = kinOf(known)
  const own = known.map(evidenceTable)
  const nearby = nearValues(history)
  const tableFor = (t: number, { elsewhere, leftOut }: Pick<Fold, 'elsewhere' | 'leftOut'>) => {
    const target = known[t]
    const near = nearby.of(target, new Set([...leftOut, target.kin]))
    return onlyOf(withElsewhere(own[t], target, { elsewhere: elsewhere.of(target, target.kin), near }), names)
  }
  const trained = (leftOut: ReadonlySet<string>): Fold => {
    const elsewhere = meansElsewhere(history, leftOut)
    const lessons = known.flatMap((target, t): Lesson[] => {
      if (leftOut.has(target.kin)) return []
      return [{ table: tableFor(t, { elsewhere, leftOut }), values: Float64Array.from(target.values) }]
    })
    return { experts: trainedExperts(lessons, names), level: levelModel(lessons, names), elsewhere, leftOut }
  }
  const foldOf = foldsOf(kin, parts, trained)
  const outside = known.map((target, t): Outside => {
    const fold = foldOf.get(target.kin)!
    const table = tableFor(t, fold)
    return { scores: expertScores(fold.experts, table), level: levelsOf(fold.level, table), blind: blindScores(table) }
  })
  const costs = outside.map(({ scores }, t) => scores.map(score => orderCost(score, known[t].values)))
  const whole = trained(new Set())
  return {
    names,
    experts: whole.experts,
    weights: weightsFrom(costs),
    level: whole.level,
    past: known.map((target, t) => pastDecision(target, outside[t], weightsWithout(target.kin, known, costs))),
    tableOf: target => {
      const told = { elsewhere: whole.elsewhere.of(target), near: nearby.of(target, NONE) }
      return onlyOf(withElsewhere(evidenceTable(target), target, told), names)
    },
  }
}

/** By kin, what is learned without its part. */
function foldsOf(
  kin: readonly string[],
  parts: number,
  trained: (leftOut: ReadonlySet<string>) => Fold,
): ReadonlyMap<string, Fold> {
  const folds = new Map<string, Fold>()
  for (let part = 0; part < Math.min(parts, kin.length); part++) {
    const fold = trained(new Set(kin.filter((_, k) => k % parts === part)))
    fold.leftOut.forEach(name => folds.set(name, fold))
  }
  return folds
}

function kinOf(known: readonly KnownTarget[]): string[] {
  const kin = [...new Set(known.map(target => target.kin))]
  if (kin.length > 1) return kin
  throw new ModelHubError('OUT_OF_RANGE', `history: expected at least 2 datasets, got ${kin.length}`)
}

/** Weights by what experts cost on the targets of other kin. */
function weightsWithout(kin: string, known: readonly KnownTarget[], costs: readonly (readonly number[])[]): number[] {
  return weightsFrom(costs.filter((_, other) => known[other].kin !== kin))
}

interface Outside {
  /** Of each expert, shape (candidates). */
  readonly scores: readonly Float64Array[]
  readonly level: Float64Array
  readonly blind: Float64Array
}

function pastDecision({ name, values }: KnownTarget, outside: Outside, weights: readonly number[]): PastDecision {
  const scores = mixed(outside.scores, weights)
  const { base, step } = valuesOf(outside.level, scores)
  return { target: name, values, scores, predicted: scores.map(x => base + step * x), blind: outside.blind }
}

function weightsFrom(costs: readonly (readonly number[])[]): number[] {
  const means = costs[0].map((_, e) => costs.reduce((sum, cost) => sum + cost[e], 0) / costs.length)
  return expertWeights(means, costs.length)
}

function onlyOf(table: EvidenceTable, names: readonly EvidenceName[]): EvidenceTable {
  return { ...table, columns: new Map([...table.columns].filter(([name]) => names.includes(name))) }
}
