import type { HubDecision } from './decide-by-history.ts'
import type { DecisionResult } from './decision-schema.ts'

/** A decision as the object that is published as JSON. */
export function decisionResult({ candidates, asGood, blindOrder, basis, ...rest }: HubDecision): DecisionResult {
  const { measure, code, message, base, dataChangedFirst } = rest
  return {
    ...{ measure, code, message, base, dataChangedFirst, asGood: [...asGood], blindOrder: [...blindOrder] },
    predicted: candidates.map(({ name, value, low, high, pulls }) => {
      return { model: name, value, low, high, pulls: pulls.map(pull => ({ ...pull })) }
    }),
    basis: { ...basis, evidence: [...basis.evidence] },
  }
}
