import type { EvidenceTable } from './evidence-table.ts'

/**
 * Scores of the order that does not look at the target's data: mean value elsewhere where the history tells it, else the
 * stated accuracy; what is not known comes last. Shape (candidates).
 */
export function blindScores(table: EvidenceTable): Float64Array {
  const told = (table.columns.get('elsewhere') ?? table.columns.get('source-accuracy'))?.raw
  return told?.map(value => (Number.isNaN(value) ? -1 : value)) ?? new Float64Array(table.size)
}

/** The position of the greatest score, the first of equals. */
export function firstOf(scores: Float64Array): number {
  return scores.reduce((first, score, c) => (score > scores[first] ? c : first), 0)
}
