import type { Catalog } from '../catalog/index.ts'
import { crowdAgreement } from '../confidence/index.ts'
import { decideByDefault, DEFAULT_DECISION, type DecisionTarget } from '../decision/index.ts'
import { crowdOf, type RankedModel, type Ranking } from '../rank/index.ts'
import { decideByHistory, historyOf, type HubDecision } from './decide-by-history.ts'
import { cardEvidence } from './known-targets.ts'

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
): Promise<HubDecision | undefined> {
  if (ranked.length === 0) return undefined
  const trusted = alarm?.alarm !== true
  const decided = trusted ? targetOf(ranked) : { ...targetOf(ranked), agreement: undefined }
  const learned = decideByHistory(await historyOf(catalog, target), decided, trusted)
  return learned ?? { ...decideByDefault(decided, DEFAULT_DECISION), measure: 'accuracy' }
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
