import { ModelHubError } from '../common/modelhub-error.ts'

/**
 * The conformal quantile of scores that come in groups (Lee, Barber and Willett 2023, HCP): a value that a score of a new,
 * exchangeable group does not exceed with probability at least `level`.
 *
 *   q = min{s : Σ_k Σ_i 1{S_ki ≤ s} / n_k ≥ level·(K + 1)}
 *
 * @param groups scores of each of K groups; empty ones do not count
 * @param level in (0, 1)
 * @returns Infinity where K groups are too few for the level: K < level / (1 − level)
 * @throws OUT_OF_RANGE for another level
 */
export function hierarchicalQuantile(groups: readonly ArrayLike<number>[], level: number): number {
  if (!(level > 0 && level < 1)) throw new ModelHubError('OUT_OF_RANGE', `level: expected one in (0, 1), got ${level}`)
  const told = groups.filter(({ length }) => length > 0)
  const scores = told.flatMap(group => Array.from(group, score => ({ score, weight: 1 / group.length })))
  scores.sort((a, b) => a.score - b.score)
  const wanted = level * (told.length + 1) - 1e-9
  let reached = 0
  for (const { score, weight } of scores) {
    reached += weight
    if (reached >= wanted) return score
  }
  return Infinity
}
