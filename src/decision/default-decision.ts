import { decisionOf } from './decide.ts'
import { decisionCalibration, type DecisionCalibration } from './decision-calibration.ts'
import type { Decision } from './decision.ts'
import type { DecisionTarget, KnownTarget } from './decision-target.ts'
import { chooseSettings, settingCosts, type KnownHub } from './choose-settings.ts'
import { defaultOrder, type DefaultSettings } from './default-order.ts'
import type { EvidenceName } from './evidence-names.ts'
import type { EvidenceTable } from './evidence-table.ts'
import { blindScores } from './blind-scores.ts'
import { levelModel, levelsOf, type LevelModel } from './level-model.ts'
import type { PastDecision } from './past-decision.ts'
import { valuesOf } from './mixture.ts'

/** What is shipped for hubs without a history, for candidates that were run and for those that were not. */
export interface DefaultDecision {
  readonly settings: DefaultSettings
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
 * Learns the default from hubs that have a history: the settings of its order, and of the first way to look at each hub
 * the levels and the errors. Each hub's errors are those of settings and levels learned from the others.
 *
 * @param hubs at least two, each with at least one way to look at it
 */
export function learnDefault(hubs: readonly KnownHub[]): DefaultDecision {
  const costs = hubs.map(settingCosts)
  const settings = chooseSettings(costs)
  const outside = costs.map(own => chooseSettings(costs.filter(other => other !== own)))
  const known = hubs.map(([first], h): SettledHub => ({ targets: balanced(first), settings, outside: outside[h] }))
  const sketched = known.map(hub => ({ ...hub, targets: hub.targets.map(withoutRuns) }))
  return { settings, run: learnStage(known, RUN), sketched: learnStage(sketched, SKETCHED) }
}

interface SettledHub {
  readonly targets: readonly KnownTarget[]
  readonly settings: DefaultSettings
  /** Chosen on the other hubs. */
  readonly outside: DefaultSettings
}

function learnStage(hubs: readonly SettledHub[], names: readonly EvidenceName[]): DefaultStage {
  const looked = hubs.map(({ targets, settings, outside }) =>
    targets.map(target => ({ target, order: defaultOrder(target, settings), told: defaultOrder(target, outside) })),
  )
  const levelOf = (some: typeof looked) =>
    levelModel(
      some.flatMap(hub =>
        hub.map(({ target, order }) => ({ table: order.table, values: Float64Array.from(target.values) })),
      ),
      names,
    )
  const past = looked.flatMap(hub => {
    const level = levelOf(looked.filter(other => other !== hub))
    return hub.map(({ target, told: { table, scores } }): PastDecision => {
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

function withoutRuns(target: KnownTarget): KnownTarget {
  return { ...target, agreement: undefined }
}

/**
 * Decides where the hub has no history. The interval is an estimate from other hubs: nothing is guaranteed for this one.
 *
 * @param target of at least one candidate
 */
export function decideByDefault(target: DecisionTarget, shipped: DefaultDecision): Decision {
  const { table, by, scores } = defaultOrder(target, shipped.settings)
  const { level, calibration } = target.agreement ? shipped.run : shipped.sketched
  const used = new Set([...level.terms.map(({ name }) => name), ...(by ? [by] : [])])
  return decisionOf({
    ...{ target, table, scores, level, calibration },
    contributions: new Map(by ? [[by, scores]] : []),
    basis: { kind: 'default', evidence: [...table.columns.keys()].filter(name => used.has(name)) },
  })
}
