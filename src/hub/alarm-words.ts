import type { RankResult } from './rank-result-schema.ts'

/** Models of the smaller camp that are named. */
const NAMED = 5

/** Why agreement between the models cannot be trusted, with the camp that stands apart, or why it can. */
export function alarmText({ alarm, reason, camps }: NonNullable<RankResult['alarm']>): string {
  if (!alarm) return reason
  const apart = camps.at(1) ?? []
  const names =
    apart.length > NAMED ? `${apart.slice(0, NAMED).join(', ')} and ${apart.length - NAMED} more` : apart.join(', ')
  return `Agreement cannot be trusted here: ${reason}${names === '' ? '' : `; apart from the others: ${names}`}`
}
