import type { CrowdAgreement } from '../confidence/index.ts'
import type { DecisionTarget } from './decision-target.ts'

/** The candidates of the greatest scores, first ones of equals, best first. @param scores shape (candidates) */
export function shortlistOf(scores: ArrayLike<number>, length: number): number[] {
  return Array.from({ length: scores.length }, (_, c) => c)
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .slice(0, length)
}

/**
 * A target with some of its candidates alone, and what was predicted of them before they were run as evidence.
 *
 * @param chosen positions of candidates
 * @param prior shape (candidates)
 */
export function shortlisted<T extends DecisionTarget>(target: T, chosen: readonly number[], prior: Float64Array): T {
  const { candidates, agreement } = target
  return {
    ...target,
    candidates: chosen.map(c => ({ ...candidates[c], evidence: { ...candidates[c].evidence, prior: prior[c] } })),
    ...('values' in target ? { values: chosen.map(c => (target.values as number[])[c]) } : {}),
    agreement: agreement && {
      same: part(agreement.same, candidates.length, chosen),
      both: agreement.both && part(agreement.both, candidates.length, chosen),
    },
  }
}

function part(matrix: CrowdAgreement['same'], size: number, chosen: readonly number[]): Float64Array {
  return Float64Array.from(chosen.flatMap(row => chosen.map(column => matrix[row * size + column])))
}
