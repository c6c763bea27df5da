import { decisionOf } from './decide.ts'
import { decisionCalibration, type DecisionCalibration } from './decision-calibration.ts'
import type { Decision } from './decision.ts'
import type { DecisionTarget, KnownTarget } from './decision-target.ts'
import { defaultOrder } from './default-order.ts'
import type { EvidenceName } from './evidence-names.ts'
import type { EvidenceTable } from './evidence-table.ts'
import { blindScores } from './blind-scores.ts'
import { levelModel, levelsOf, type LevelModel } from './level-model.ts'
import type { PastDecision } from './past-decision.ts'
import { valuesOf } from './mixture.ts'

/** What is shipped for hubs without a history, for candidates that were run and for those that were not. */
export interface DefaultDecision {
  readonly run: DefaultStage
  readonly sketched: DefaultStage
}

export interface DefaultStage {
  readonly level: LevelModel
  readonly calibration: DecisionCalibration
}

/** Evidence that says what level to expect. */
const RUN: readonly EvidenceName[] = ['source-accuracy', 'fit', 'js', 'crowd', 'agreement', 'confidence']
const SKETCHED: readonly EvidenceName[] = ['source-accuracy', 'fit', 'js']

/**
 * Learns the levels and the errors of the default from hubs that have a history. Each hub's errors are those of levels
 * learned from the others.
 *
 * @param hubs known targets of each, at least two hubs
 */
export function learnDefault(hubs: readonly (readonly KnownTarget[])[]): DefaultDecision {
  return { run: learnStage(hubs, RUN), sketched: learnStage(hubs.map(withoutRuns), SKETCHED) }
}

function learnStage(hubs: readonly (readonly KnownTarget[])[], names: readonly EvidenceName[]): DefaultStage {
  const looked = hubs.map(hub => balanced(hub).map(target => ({ target, order: defaultOrder(target) })))
  const levelOf = (some: typeof looked) =>
    levelModel(
      some.flatMap(hub =>
        hub.map(({ target, order }) => ({ table: order.table, values: Float64Array.from(target.values) })),
      ),
      names,
    )
  const past = looked.flatMap(hub => {
    const level = levelOf(looked.filter(other => other !== hub))
    return hub.map(({ target, order: { table, scores } }): PastDecision => {
      const predicted = predictedOf(level, table, scores)
      return { target: target.name, values: target.values, scores, predicted, blind: blindScores(table) }
    })
  })
  return { level: levelOf(looked), calibration: decisionCalibration(past) }
}

/** So many targets of one hub at most: large hubs do not outvote the others. */
const MOST_TARGETS = 20

function balanced<T>(hub: readonly T[]): T[] {
  const step = Math.max(1, hub.length / MOST_TARGETS)
  return Array.from({ length: Math.min(MOST_TARGETS, hub.length) }, (_, i) => hub[Math.floor(i * step)])
}

function predictedOf(level: LevelModel, table: EvidenceTable, scores: Float64Array): Float64Array {
  const { base, step } = valuesOf(levelsOf(level, table), scores)
  return scores.map(score => base + step * score)
}

function withoutRuns(hub: readonly KnownTarget[]): KnownTarget[] {
  return hub.map(target => ({ ...target, agreement: undefined }))
}

/**
 * Decides where the hub has no history. The interval is an estimate from other hubs: nothing is guaranteed for this one.
 *
 * @param target of at least one candidate
 */
export function decideByDefault(target: DecisionTarget, shipped: DefaultDecision): Decision {
  const { table, by, scores } = defaultOrder(target)
  const { level, calibration } = target.agreement ? shipped.run : shipped.sketched
  const used = new Set([...level.terms.map(({ name }) => name), ...(by ? [by] : [])])
  return decisionOf({
    ...{ target, table, scores, level, calibration },
    contributions: new Map(by ? [[by, scores]] : []),
    basis: { kind: 'default', evidence: [...table.columns.keys()].filter(name => used.has(name)) },
  })
}
