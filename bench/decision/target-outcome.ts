import type { Decision, EvidenceName, KnownTarget } from '../../src/decision/index.ts'
import { EVIDENCE, EVIDENCE_NAMES } from '../../src/decision/index.ts'
import { pearson } from '../../src/math/correlation.ts'
import type { TargetOutcome } from './outcome.ts'

/** Single signals that the decision is held to; `elsewhere` needs a history. */
export const COMPARATORS: readonly EvidenceName[] = [
  'js',
  'fit',
  'elsewhere',
  'source-accuracy',
  'confidence',
  'vote',
  'weighted-vote',
]

const SKETCHED = EVIDENCE_NAMES.filter(name => EVIDENCE[name].needs === 'sketch')
const EQUAL = 1e-9

/** Judges a decision on a target whose values are known. */
export function targetOutcome(target: KnownTarget, decision: Decision, group: string): TargetOutcome {
  const valueOf = new Map(target.candidates.map(({ name }, c) => [name, target.values[c]]))
  const best = Math.max(...target.values)
  const values = decision.candidates.map(({ name }) => valueOf.get(name)!)
  const isInside = decision.candidates.filter(
    ({ low, high }, i) => values[i] >= low - EQUAL && values[i] <= high + EQUAL,
  )
  const widths = decision.candidates.map(({ low, high }) => high - low)
  return {
    target: target.name,
    group,
    candidates: values.length,
    regret: best - values[0],
    pearson:
      pearson(
        decision.candidates.map(({ value }) => value),
        values,
      ) || 0,
    comparators: Object.fromEntries(
      EVIDENCE_NAMES.flatMap(name => (knows(target, name) ? [[name, regretBy(target, name)]] : [])),
    ),
    sketchPearson: Object.fromEntries(
      SKETCHED.flatMap(name =>
        knows(target, name) ? [[name, pearson(scoresBy(target, name), target.values) || 0]] : [],
      ),
    ),
    inside: isInside.length,
    width: widths.reduce((sum, width) => sum + width, 0) / widths.length,
    code: decision.code,
    bestIsAsGood: decision.asGood.some(name => valueOf.get(name)! >= best - EQUAL),
    asGood: decision.asGood.length,
    blindRegret: best - valueOf.get(decision.blindOrder[0])!,
  }
}

function knows({ candidates }: KnownTarget, name: EvidenceName): boolean {
  return candidates.some(({ evidence }) => evidence[name] !== undefined)
}

function scoresBy({ candidates }: KnownTarget, name: EvidenceName): number[] {
  const known = candidates.map(({ evidence }) => EVIDENCE[name].sign * (evidence[name] ?? NaN))
  const least = Math.min(...known.filter(value => !Number.isNaN(value)))
  return known.map(value => (Number.isNaN(value) ? least - EQUAL : value))
}

/** Value lost by the first of a signal. */
export function regretBy(target: KnownTarget, name: EvidenceName): number {
  const scores = scoresBy(target, name)
  return Math.max(...target.values) - target.values[scores.indexOf(Math.max(...scores))]
}
