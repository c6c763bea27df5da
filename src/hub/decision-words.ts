import { percent } from '../common/percent.ts'
import type { DecisionResult } from './decision-schema.ts'

/** How many models of the data-blind order are named. */
const BLIND_NAMED = 3

/** What is expected of a model, as 0.91 (0.86–0.94); – where nothing is. */
export function expectedText({ predicted }: DecisionResult, model: string): string {
  const found = predicted.find(one => one.model === model)
  return found ? `${found.value.toFixed(2)} (${found.low.toFixed(2)}–${found.high.toFixed(2)})` : '–'
}

/** What is told of a model that may be the best, as `as good`; empty for the others. */
export function standingText(
  { code, asGood }: Pick<DecisionResult, 'asGood'> & { code: string },
  model: string,
): string {
  return asGood.includes(model) ? code.replace('-', ' ') : ''
}

/** What the intervals rest on. */
export function basisText({ basis }: DecisionResult): string {
  return basis.kind === 'history'
    ? `intervals: ${percent(basis.level)}, by the hub’s history of ${basis.datasets} datasets`
    : 'intervals: an estimate from other hubs; `modelhub evaluate` gives this hub its own'
}

/** Whether the data changed the answer, and the first models of the order that does not look at them. */
export function blindText({ dataChangedFirst, blindOrder }: DecisionResult): string {
  const order = blindOrder.slice(0, BLIND_NAMED).join(', ')
  return dataChangedFirst
    ? `the data changed the answer; without looking at them: ${order}`
    : `the data did not change the answer; without looking at them: ${order}`
}

/** Head of the column of expected values. */
export function expectedHead({ measure }: DecisionResult): string {
  return measure === 'f1' ? 'expected F1' : 'expected'
}
