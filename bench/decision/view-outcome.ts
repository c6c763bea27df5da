import {
  decide,
  decideByDefault,
  EVIDENCE,
  EVIDENCE_NAMES,
  isLongEnough,
  learnDecision,
  shortlisted,
  shortlistOf,
  type Decision,
  type DefaultDecision,
  type KnownTarget,
} from '../../src/decision/index.ts'
import { meansElsewhere } from '../../src/decision/means-elsewhere.ts'
import type { MatrixView } from '../evaluation/matrix-view.ts'
import type { FiveOutcome, TargetOutcome, ViewOutcome } from './outcome.ts'
import { targetOutcome } from './target-outcome.ts'

/** Models that are run where not all are. */
const FIVE = 5
/** Targets are decided one by one, those of a workload of more kin in so many parts; nothing is learned from the part. */
const MANY = 40
const PARTS = 20
/** Parts that a history is taken in while it is learned from: of many kin fewer, and time is saved. */
const LEARNING = { few: 20, many: 8 }

const ALL = EVIDENCE_NAMES.filter(name => name !== 'prior')
const BEFORE_RUNS = ALL.filter(name => ['card', 'history', 'sketch'].includes(EVIDENCE[name].needs))
/** The votes of five mean something else than those of all; the crowd that similarity weighs is counted anew. */
const AFTER_FIVE = EVIDENCE_NAMES.filter(name => !['agreement', 'vote', 'weighted-vote', 'soft-f1'].includes(name))

/**
 * Decides every target of a workload by what the others teach, all models run, and five.
 *
 * @param fallback decides where the others are too few, as in the product
 */
export function viewOutcome(view: MatrixView, targets: readonly KnownTarget[], fallback: DefaultDecision): ViewOutcome {
  const startedAt = performance.now()
  const kin = [...new Set(targets.map(target => target.kin))]
  const parts = kin.length > MANY ? PARTS : kin.length
  const learning = kin.length > LEARNING.few ? LEARNING.many : LEARNING.few
  const withHistory: TargetOutcome[] = []
  const fiveRun: FiveOutcome[] = []
  for (let part = 0; part < parts; part++) {
    const leftOut = new Set(kin.filter((_, k) => k % parts === part))
    const history = targets.filter(target => !leftOut.has(target.kin))
    const wanted = targets.filter(target => leftOut.has(target.kin))
    const learned = isLongEnough(history) ? learnDecision(history, { names: ALL, parts: learning }) : undefined
    const five = learned ? fiveLearned(history, learning) : (target: KnownTarget) => fiveByDefault(target, fallback)
    const elsewhere = meansElsewhere(history, new Set())
    for (const target of wanted) {
      const group = view.groupOf(target.name)
      const decision = learned ? decide(target, learned) : decideByDefault(target, fallback)
      withHistory.push(targetOutcome(withElsewhere(target, elsewhere.of(target)), decision, group))
      fiveRun.push(five(target))
    }
  }
  return { view: view.name, withHistory, fiveRun, seconds: Math.round((performance.now() - startedAt) / 1000) }
}

function withElsewhere(target: KnownTarget, elsewhere: Float64Array): KnownTarget {
  const candidates = target.candidates.map(({ name, evidence }, c) => {
    return Number.isNaN(elsewhere[c])
      ? { name, evidence }
      : { name, evidence: { ...evidence, elsewhere: elsewhere[c] } }
  })
  return { ...target, candidates }
}

/** Learns from the first five of each known target; decides a target by running its first five. */
function fiveLearned(history: readonly KnownTarget[], parts: number): (target: KnownTarget) => FiveOutcome {
  const before = learnDecision(history, { names: BEFORE_RUNS, parts })
  const known = history.map((target, t) => {
    const { scores, predicted } = before.past[t]
    return shortlisted(target, shortlistOf(scores, FIVE), predicted)
  })
  const after = learnDecision(known, { names: AFTER_FIVE, history, parts })
  return target => fiveOutcome(target, decide({ candidates: target.candidates }, before), five => decide(five, after))
}

/** Runs the five that come first by sketches, and lets the default choose. */
function fiveByDefault(target: KnownTarget, fallback: DefaultDecision): FiveOutcome {
  const before = decideByDefault({ ...target, agreement: undefined }, fallback)
  return fiveOutcome(target, before, five => decideByDefault(five, fallback))
}

function fiveOutcome(target: KnownTarget, before: Decision, after: (five: KnownTarget) => Decision): FiveOutcome {
  const prior = new Map(before.candidates.map(({ name, value }) => [name, value]))
  const positions = new Map(target.candidates.map(({ name }, c) => [name, c]))
  const chosen = before.candidates.slice(0, FIVE).map(({ name }) => positions.get(name)!)
  const five = shortlisted(
    target,
    chosen,
    Float64Array.from(target.candidates, ({ name }) => prior.get(name)!),
  )
  const taken = after(five).candidates[0].name
  const best = Math.max(...target.values)
  return {
    target: target.name,
    ran: chosen.map(c => ({ name: target.candidates[c].name, prior: prior.get(target.candidates[c].name)! })),
    first: best - target.values[chosen[0]],
    oracle: best - Math.max(...five.values),
    chosen: best - target.values[positions.get(taken)!],
  }
}
