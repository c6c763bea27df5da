import { blindScores } from './blind-scores.ts'
import { decisionCalibration, type DecisionCalibration } from './decision-calibration.ts'
import type { Decision, DecisionBasis, DecidedCandidate } from './decision.ts'
import type { DecisionTarget } from './decision-target.ts'
import type { EvidenceTable } from './evidence-table.ts'
import type { Contributions } from './experts.ts'
import { judge } from './judge.ts'
import type { LearnedDecision } from './learn-decision.ts'
import { levelsOf, type LevelModel } from './level-model.ts'
import { mixed, mixedContributions, expertScores, valuesOf } from './mixture.ts'

/** Everything that a decision on one target is put together from. */
export interface DecisionParts {
  readonly target: DecisionTarget
  readonly table: EvidenceTable
  /** The greater the better, in standard deviations within the target; shape (candidates). */
  readonly scores: Float64Array
  /** What each piece of evidence adds to the scores. */
  readonly contributions: Contributions
  readonly level: LevelModel
  readonly calibration: DecisionCalibration
  readonly basis: Pick<DecisionBasis, 'kind' | 'evidence'>
}

/**
 * Decides on a target by what was learned from the history: the same answer whatever the order of the candidates.
 *
 * @param target of at least one candidate
 */
export function decide(target: DecisionTarget, learned: LearnedDecision): Decision {
  const table = learned.tableOf(target)
  return decisionOf({
    ...{ target, table, level: learned.level, calibration: decisionCalibration(learned.past) },
    scores: mixed(expertScores(learned.experts, table), learned.weights),
    contributions: mixedContributions(learned.experts, learned.weights, table),
    basis: { kind: 'history', evidence: [...table.columns.keys()] },
  })
}

/** Puts a decision together. */
export function decisionOf(parts: DecisionParts): Decision {
  const { target, table, scores, calibration } = parts
  const { base, step } = valuesOf(levelsOf(parts.level, table), scores)
  const names = target.candidates.map(({ name }) => name)
  const byScore = orderOf(scores, names)
  const blindOrder = orderOf(blindScores(table), names).map(c => names[c])
  const candidates = byScore.map((c): DecidedCandidate => {
    const value = base + step * scores[c]
    const pulls = Array.from(parts.contributions, ([evidence, part]) => ({ evidence, points: step * part[c] }))
    return {
      name: names[c],
      value: inUnit(value),
      low: inUnit(value - calibration.error),
      high: inUnit(value + calibration.error),
      pulls: pulls.sort((a, b) => Math.abs(b.points) - Math.abs(a.points)),
    }
  })
  const { datasets, level } = calibration
  return {
    ...{ candidates, base, blindOrder },
    ...judge(candidates, blindOrder, calibration),
    basis: { ...parts.basis, datasets, level },
  }
}

/** Positions by score, the greatest first; equals by name. */
function orderOf(scores: Float64Array, names: readonly string[]): number[] {
  return Array.from(names.keys()).sort((a, b) => scores[b] - scores[a] || (names[a] < names[b] ? -1 : 1))
}

function inUnit(value: number): number {
  return Math.min(1, Math.max(0, value))
}
