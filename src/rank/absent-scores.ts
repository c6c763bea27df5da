import type { ScoresByName } from './score-models.ts'
import { SCORES, type ScoreDescription } from './score-names.ts'

/** What the user should be told of each score that was ranked by and that no model has; nothing where no model was run. */
export function absentScores(
  by: readonly string[],
  models: readonly { readonly scores: ScoresByName }[],
): readonly string[] {
  if (models.length === 0) return []
  const descriptions: Readonly<Record<string, ScoreDescription>> = SCORES
  return by
    .filter(name => name in descriptions && !models.some(({ scores }) => scores.has(name)))
    .map(name => `${name}: no model has it; it needs ${descriptions[name].requires ?? 'rows'}`)
}
