import { percent } from '../common/percent.ts'
import type { DecisionResult } from './decision-schema.ts'

/** What is expected of a model, as 0.91 (0.86–0.94); – where nothing is. */
export function expectedText({ predicted }: DecisionResult, model: string): string {
  const found = predicted.find(one => one.model === model)
  return found ? `${found.value.toFixed(2)} (${found.low.toFixed(2)}–${found.high.toFixed(2)})` : '–'
}

/** What the intervals rest on, and who is first without a look at the data. */
export function basisText({ basis, dataChangedFirst, blindOrder }: DecisionResult): string {
  const rests =
    basis.kind === 'history'
      ? `intervals: ${percent(basis.level)}, by the hub’s history of ${basis.datasets} datasets`
      : 'intervals: an estimate from other hubs; `modelhub evaluate` gives this hub its own'
  const blind = dataChangedFirst ? `without looking at the data: ${blindOrder[0]}` : 'the same first without the data'
  return `${rests}; ${blind}`
}

/** Head of the column of expected values. */
export function expectedHead({ measure }: DecisionResult): string {
  return measure === 'f1' ? 'expected F1' : 'expected'
}
