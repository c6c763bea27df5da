import type { DecidedCandidate, Decision } from './decision.ts'
import { jointAccuracy, type LabelledCount } from './joint-accuracy.ts'
import { asGoodMessage, bestMessage } from './judge.ts'

/**
 * A decision and what labelled rows say of its candidates, as one: `jointAccuracy` of each, best first. What the labels
 * add is a pull of its own. A candidate is as good where it lies below the first by no more than both intervals allow:
 *
 *   v_1 − v_h ≤ √(d_1² + d_h²),   d half an interval's width
 *
 * Where no candidate has a labelled row, the decision is as it was.
 *
 * @param counts by name; a candidate without one keeps its prediction
 * @throws OUT_OF_RANGE as jointAccuracy
 */
export function withLabels(decision: Decision, counts: ReadonlyMap<string, LabelledCount>): Decision {
  const isLabelled = ({ name }: DecidedCandidate) => (counts.get(name)?.rows ?? 0) > 0
  if (!decision.candidates.some(isLabelled)) return decision
  const candidates = decision.candidates
    .map(candidate => (isLabelled(candidate) ? joined(candidate, counts.get(candidate.name)!, decision) : candidate))
    .sort((a, b) => b.value - a.value)
  const [first, ...others] = candidates
  const half = ({ low, high }: DecidedCandidate) => (high - low) / 2
  const equals = others.filter(other => first.value - other.value <= Math.hypot(half(first), half(other)))
  const asGood = [first, ...equals].map(({ name }) => name)
  return {
    ...decision,
    ...{ candidates, asGood, dataChangedFirst: first.name !== decision.blindOrder[0] },
    code: equals.length === 0 ? 'best' : 'as-good',
    message:
      equals.length === 0 ? bestMessage(first.name) : asGoodMessage(first.name, asGood.slice(1), candidates.length),
  }
}

function joined(candidate: DecidedCandidate, count: LabelledCount, { basis }: Decision): DecidedCandidate {
  const joint = jointAccuracy(candidate, count, basis.level)
  const pull = { evidence: 'labels' as const, points: joint.value - candidate.value }
  return { ...candidate, ...joint, pulls: [...candidate.pulls, pull] }
}
