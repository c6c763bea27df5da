import {
  decide,
  decideByDefault,
  EVIDENCE,
  EVIDENCE_NAMES,
  isLongEnough,
  learnDecision,
  learnDefault,
  shortlisted,
  shortlistOf,
  type Decision,
  type DecisionTarget,
  type EvidenceName,
  type KnownHub,
  type KnownTarget,
} from '../../src/decision/index.ts'

/** A way of the product to decide, on the targets it is asked for. */
export interface FusedDecision {
  readonly name: string
  readonly needs: 'sketch' | 'run'
  /** By target: the greater the better, shape (candidates); NaN for one that nothing is told of. */
  readonly scores: ReadonlyMap<string, readonly number[]>
}

/** Models that are run where not all are. */
const FIVE = 5
/** Parts that targets are decided in: nothing is learned from the part that is decided. */
const PARTS = 10
/** Parts of what is learned from, by which experts are weighed. */
const INNER_PARTS = 5

const ALL = EVIDENCE_NAMES.filter(name => name !== 'prior')
const BEFORE_RUNS = ALL.filter(name => ['card', 'history', 'sketch'].includes(EVIDENCE[name].needs))
/** The votes of five mean something else than those of all; the crowd that similarity weighs is counted anew. */
const AFTER_FIVE = EVIDENCE_NAMES.filter(name => !['agreement', 'vote', 'weighted-vote', 'soft-f1'].includes(name))

type Scores = Map<string, readonly number[]>

/** What is decided before models are run, once five were, and once all were. */
type Stages = Readonly<Record<'sketched' | 'five' | 'all', Scores>>

/**
 * What the product decides on a workload's targets.
 *
 * @param hubs other workloads, none of the same data
 */
export function fusedDecisions(targets: readonly KnownTarget[], hubs: readonly KnownHub[]): FusedDecision[] {
  const without = withoutHistory(targets, hubs)
  return [...named('history', withHistory(targets, without)), ...named('no history', without)]
}

/**
 * What the other targets of a workload teach: from sketches, once five were run, and once all were.
 *
 * @param otherwise what is decided without a history, for targets that have too little of it
 */
function withHistory(targets: readonly KnownTarget[], otherwise: Stages): Stages {
  const found = { sketched: new Map(otherwise.sketched), five: new Map(otherwise.five), all: new Map(otherwise.all) }
  const kin = [...new Set(targets.map(target => target.kin))]
  const parts = Math.min(kin.length, PARTS)
  for (let part = 0; part < parts; part++) {
    const isLeftOut = ({ kin: of }: KnownTarget) => kin.indexOf(of) % parts === part
    const history = targets.filter(target => !isLeftOut(target))
    if (!isLongEnough(history)) continue
    const before = learned(history, BEFORE_RUNS)
    const after = learned(history, ALL)
    const five = learned(
      history.map((target, t) => {
        const { scores, predicted } = before.past[t]
        return shortlisted(target, shortlistOf(scores, FIVE), predicted)
      }),
      AFTER_FIVE,
      history,
    )
    for (const target of targets.filter(isLeftOut)) {
      addStages(found, target, {
        sketched: some => decide(some, before),
        five: some => decide(some, five),
        all: some => decide(some, after),
      })
    }
  }
  return found
}

/** What other workloads teach: nothing is learned from the workload, nor from those that share its data. */
function withoutHistory(targets: readonly KnownTarget[], hubs: readonly KnownHub[]): Stages {
  const found: Stages = { sketched: new Map(), five: new Map(), all: new Map() }
  if (hubs.length < 2) return found
  const shipped = learnDefault(hubs)
  for (const target of targets) {
    const byDefault: Decider = some => decideByDefault(some, shipped)
    addStages(found, target, { sketched: byDefault, five: byDefault, all: byDefault })
  }
  return found
}

function learned(known: readonly KnownTarget[], names: readonly EvidenceName[], history = known) {
  return learnDecision(known, { names, history, parts: INNER_PARTS })
}

function named(kind: string, found: Stages): FusedDecision[] {
  return [
    { name: `decision, ${kind}, sketches`, needs: 'sketch', scores: found.sketched },
    { name: `decision, ${kind}, five run`, needs: 'run', scores: found.five },
    { name: `decision, ${kind}, all run`, needs: 'run', scores: found.all },
  ]
}

function scoresOf({ candidates }: KnownTarget, decision: Decision): number[] {
  const values = new Map(decision.candidates.map(({ name, value }, place) => [name, { value, place }]))
  // Values end at 0 and 1, where the order says more.
  return candidates.map(({ name }) => values.get(name)!.value - 1e-9 * values.get(name)!.place)
}

type Decider = (target: DecisionTarget) => Decision

/** Decides a target from sketches, once the first five were run, and once all were. */
function addStages(found: Stages, target: KnownTarget, decideOn: Readonly<Record<keyof Stages, Decider>>): void {
  const first = decideOn.sketched({ candidates: target.candidates })
  found.sketched.set(target.name, scoresOf(target, first))
  found.five.set(target.name, afterFive(target, first, decideOn.five))
  found.all.set(target.name, scoresOf(target, decideOn.all(target)))
}

/** The first five by what they show once they were run; the others follow, none of them above the least of the five. */
function afterFive(target: KnownTarget, first: Decision, decideOn: Decider): readonly number[] {
  const before = scoresOf(target, first)
  const positions = new Map(target.candidates.map(({ name }, c) => [name, c]))
  const chosen = first.candidates.slice(0, FIVE).map(({ name }) => positions.get(name)!)
  const five = shortlisted(target, chosen, Float64Array.from(before))
  const after = scoresOf(five, decideOn(five))
  const least = Math.min(...after)
  const scores = before.map(value => Math.min(value, least - 1e-8 + 1e-9 * value))
  chosen.forEach((c, i) => (scores[c] = after[i]))
  return scores
}
