import type { Embeddings } from '../math/embeddings.ts'
import { SCORES, type ScoreDescription, type ScoreName } from './score-names.ts'

/** Scores that are wanted however dear they are: those of these names, or all. */
export type WantedScores = readonly string[] | 'all'

/**
 * A layer is wide when the smaller of its rows and dimensions is above this: taking its matrix apart costs the cube of
 * it, some 10 ms at 256 and more than running a small model on the same rows at 1,024.
 */
const WIDE = 256

/** Whether a score is left out of a model for what it costs: it is dear there, and nobody asked for it. */
export function isLeftOut(name: string, embeddings: Embeddings | undefined, wanted: WantedScores): boolean {
  const { dear } = SCORES[name as ScoreName] as ScoreDescription
  if (dear === undefined || embeddings === undefined || wanted === 'all' || wanted.includes(name)) return false
  return dear === 'always' || Math.min(embeddings.rows, embeddings.dimensions) > WIDE
}
