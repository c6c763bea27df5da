import { listEvaluations, metricOf, type Catalog } from '../catalog/index.ts'
import {
  decide,
  EVIDENCE,
  EVIDENCE_NAMES,
  isLongEnough,
  learnDecision,
  shortlistOf,
  type Decision,
  type DecisionCandidate,
  type DecisionTarget,
  type KnownTarget,
} from '../decision/index.ts'
import { knownTargets } from './known-targets.ts'

/** A decision of a hub, and what it predicts. */
export interface HubDecision extends Decision {
  /** `accuracy`, or what the hub's history measures. */
  readonly measure: string
}

/**
 * What the hub's own history says of models that were found by their sketches, and not run. Undefined where no model was
 * found, and where the history is too short.
 *
 * @param candidates what sketches and cards say of each
 * @param target name of the dataset, whose own history does not count
 */
export async function decideFound(
  catalog: Catalog,
  candidates: readonly DecisionCandidate[],
  target: string | undefined,
): Promise<HubDecision | undefined> {
  if (candidates.length === 0) return undefined
  return decideByHistory(await historyOf(catalog, target), { candidates }, false)
}

/** What a hub's history can teach. */
export interface History {
  readonly measure: string
  readonly known: readonly KnownTarget[]
}

/** The history without the target's own, by its name. */
export async function historyOf(catalog: Catalog, target: string | undefined): Promise<History> {
  const history = await listEvaluations(catalog.db)
  return { measure: metricOf(history), known: knownTargets(history, target) }
}

/** Undefined where the history is too short. @param trusted whether agreement between the candidates counts */
export function decideByHistory(
  { measure, known }: History,
  { candidates }: DecisionTarget,
  trusted: boolean,
): HubDecision | undefined {
  if (!isLongEnough(known)) return undefined
  const most = Math.max(...known.map(one => one.candidates.length))
  const ofAll = candidates.length >= most
  const usesCrowd = ofAll && trusted
  const names = EVIDENCE_NAMES.filter(name => {
    const isTold = candidates.some(({ evidence }) => evidence[name] !== undefined)
    return (isTold || name === 'elsewhere' || name === 'near') && (usesCrowd || EVIDENCE[name].needs !== 'crowd')
  })
  const lessons = ofAll ? known : known.map(one => firstByFit(one, candidates.length))
  return { ...decide({ candidates }, learnDecision(lessons, { names, history: known })), measure }
}

/** A known target with as many candidates as were run of this one: what a shortlist shows differs from the whole. */
function firstByFit(known: KnownTarget, length: number): KnownTarget {
  const fits = Float64Array.from(known.candidates, ({ evidence }) => evidence.fit ?? -1)
  const chosen = shortlistOf(fits, Math.max(2, length))
  return { ...known, candidates: chosen.map(c => known.candidates[c]), values: chosen.map(c => known.values[c]) }
}
