import { listEvaluations, type Catalog } from '../catalog/index.ts'
import { crowdAgreement } from '../confidence/index.ts'
import {
  decide,
  decideByDefault,
  DEFAULT_DECISION,
  EVIDENCE,
  EVIDENCE_NAMES,
  isLongEnough,
  learnDecision,
  shortlistOf,
  type Decision,
  type DecisionTarget,
  type KnownTarget,
} from '../decision/index.ts'
import { crowdOf, type RankedModel, type Ranking } from '../rank/index.ts'
import { cardEvidence, knownTargets } from './known-targets.ts'

/**
 * What all the evidence says of models that were run: by the hub's own history where it has one, else by the shipped
 * default. Undefined where no model was run.
 *
 * @param run models that were run, and whether their agreement can be trusted
 * @param target name of the dataset, whose own history does not count
 */
export async function decideRun(
  catalog: Catalog,
  { ranked, alarm }: Pick<Ranking, 'ranked' | 'alarm'>,
  target: string | undefined,
): Promise<Decision | undefined> {
  if (ranked.length === 0) return undefined
  const trusted = alarm?.alarm !== true
  const known = knownTargets(await listEvaluations(catalog.db), target)
  const decided = trusted ? targetOf(ranked) : { ...targetOf(ranked), agreement: undefined }
  if (!isLongEnough(known)) return decideByDefault(decided, DEFAULT_DECISION)
  const most = Math.max(...known.map(({ candidates }) => candidates.length))
  const ofAll = ranked.length >= most
  const usesCrowd = ofAll && trusted
  const names = EVIDENCE_NAMES.filter(name => {
    const isTold = decided.candidates.some(({ evidence }) => evidence[name] !== undefined)
    return (isTold || name === 'elsewhere' || name === 'near') && (usesCrowd || EVIDENCE[name].needs !== 'crowd')
  })
  const lessons = ofAll ? known : known.map(one => firstByFit(one, ranked.length))
  const { candidates } = decided
  return decide({ candidates }, learnDecision(lessons, { names, history: known }))
}

function targetOf(ranked: readonly RankedModel[]): DecisionTarget {
  const candidates = ranked.map(({ candidate, scores }) => ({
    name: candidate.name,
    evidence: { ...Object.fromEntries(scores), ...cardEvidence(candidate) },
  }))
  const rows = new Set(ranked.map(({ answers }) => answers.probabilities.rows))
  const crowd = rows.size === 1 ? crowdOf(ranked.map(({ answers }) => answers)) : undefined
  return { candidates, agreement: crowd && crowdAgreement(crowd.predictions, crowd.positive) }
}

/** A known target with as many candidates as were run of this one: what a shortlist shows differs from the whole. */
function firstByFit(known: KnownTarget, length: number): KnownTarget {
  const fits = Float64Array.from(known.candidates, ({ evidence }) => evidence.fit ?? -1)
  const chosen = shortlistOf(fits, Math.max(2, length))
  return { ...known, candidates: chosen.map(c => known.candidates[c]), values: chosen.map(c => known.values[c]) }
}
