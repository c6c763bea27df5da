import type { DecisionCalibration } from './decision-calibration.ts'
import type { DecidedCandidate, Decision } from './decision.ts'

type Judgement = Pick<Decision, 'code' | 'asGood' | 'dataChangedFirst' | 'message'>

/**
 * Which candidates may be the best: those predicted within the calibrated shortfall of the greatest prediction. Where the
 * data-blind first is another one of them, and the first is predicted to gain so little on it that following the data was
 * of no use on known targets, the evidence cannot tell.
 *
 * @param candidates best first, at least one
 */
export function judge(
  candidates: readonly DecidedCandidate[],
  blindOrder: readonly string[],
  { shortfall, blindGain }: Pick<DecisionCalibration, 'shortfall' | 'blindGain'>,
): Judgement {
  const [first] = candidates
  const asGood = candidates.filter(({ value }) => value >= first.value - shortfall - 1e-12).map(({ name }) => name)
  const blind = candidates.find(({ name }) => name === blindOrder[0])!
  const dataChangedFirst = blind.name !== first.name
  const told = { asGood, dataChangedFirst }
  if (dataChangedFirst && asGood.includes(blind.name) && first.value - blind.value <= blindGain + EQUAL) {
    const message =
      `The evidence cannot tell ${first.name} from ${blind.name}, which comes first without looking at the data. ` +
      'Label some rows (modelhub label says which), or keep that one: neither is known to be near the best.'
    return { code: 'cannot-tell', ...told, message }
  }
  if (asGood.length === 1) return { code: 'best', ...told, message: bestMessage(first.name) }
  return { code: 'as-good', ...told, message: asGoodMessage(first.name, asGood.slice(1), candidates.length) }
}

const EQUAL = 1e-9
const NAMED = 3

/** That one candidate stands out. */
export function bestMessage(first: string): string {
  return `${first} is expected to be the best.`
}

/** That candidates may be as good as the first, and what to do. */
export function asGoodMessage(first: string, others: readonly string[], candidates: number): string {
  const named = others.slice(0, NAMED).join(', ')
  const more = others.length > NAMED ? ` and ${others.length - NAMED} more` : ''
  const whole = others.length + 1 === candidates && candidates > 2 ? 'any of them' : `${named}${more}`
  return `${first} is expected to be the best; as good, as far as the evidence tells: ${whole}. Choose among them by size, speed or licence, or label some rows.`
}
