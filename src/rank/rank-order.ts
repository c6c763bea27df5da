import type { ScoresByName } from './score-models.ts'

/**
 * The places of models by their scores: the greater the better, ties by name, those without the score last.
 *
 * @param models names and scores, in any order
 * @param by names of scores, the first deciding; the next ones where the first is equal
 * @returns positions in `models`, best first
 */
export function rankOrder(
  models: readonly { readonly name: string; readonly scores: ScoresByName }[],
  by: readonly string[],
): number[] {
  const valueOf = (m: number, name: string) => models[m].scores.get(name) ?? -Infinity
  return [...models.keys()].sort((a, b) => {
    for (const name of by) {
      const [first, second] = [valueOf(a, name), valueOf(b, name)]
      if (first !== second) return second - first
    }
    return models[a].name < models[b].name ? -1 : 1
  })
}
