import type { EvidenceName } from './evidence-names.ts'
import { standardised, type EvidenceTable } from './evidence-table.ts'
import { totalOf, type Contributions, type Expert } from './experts.ts'

/** Scores of each expert in standard deviations within the target, each of shape (candidates). */
export function expertScores(experts: readonly Expert[], table: EvidenceTable): Float64Array[] {
  return experts.map(expert => standardised(totalOf(expert.contributions(table), table.size)))
}

/** The sum of scores, each times its weight; shape (candidates). */
export function mixed(scores: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(scores[0]?.length ?? 0)
  scores.forEach((score, e) => score.forEach((value, c) => (sum[c] += weights[e] * value)))
  return sum
}

/** What each piece of evidence adds to the mixed score; their sum is the score, and the mean of each is 0. */
export function mixedContributions(
  experts: readonly Expert[],
  weights: readonly number[],
  table: EvidenceTable,
): Contributions {
  const candidates = table.size
  const sums = new Map<EvidenceName, Float64Array>()
  experts.forEach((expert, e) => {
    const contributions = expert.contributions(table)
    const deviation = deviationOf(totalOf(contributions, candidates))
    if (!(deviation > 1e-9)) return
    for (const [name, values] of contributions) {
      const mean = values.reduce((sum, value) => sum + value, 0) / candidates
      const sum = sums.get(name) ?? new Float64Array(candidates)
      values.forEach((value, c) => (sum[c] += (weights[e] * (value - mean)) / deviation))
      sums.set(name, sum)
    }
  })
  return sums
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/**
 * Values of an order: the level's mean over the candidates, and for each the step that the level takes with the score.
 *
 *   v_m = mean(level) + max(0, cov(level, score) / var(score)) · score_m
 *
 * So the values never contradict the order.
 */
export function valuesOf(level: Float64Array, score: Float64Array): { readonly base: number; readonly step: number } {
  const base = level.reduce((sum, value) => sum + value, 0) / Math.max(1, level.length)
  const [square, product] = score.reduce(([s, p], x, c) => [s + x * x, p + x * (level[c] - base)], [0, 0])
  return { base, step: square > 1e-12 ? Math.max(0, product / square) : 0 }
}
