import { paretoPick } from '../decision/index.ts'
import type { RankResult } from './rank-result-schema.ts'

/** Scores that are accuracies. */
const ACCURACIES: readonly string[] = ['accuracy', 'atc', 'doc', 'cbpe']

/** Name of what a ranking's own prediction is called as the accuracy that models are picked by. */
const PREDICTED = 'predicted'

type Row = RankResult['results'][number]

/**
 * The smallest, fastest and most freely licensed models within a margin of the best, by the accuracy that the ranking
 * is by: a measured or estimated one, else what is predicted of each model.
 *
 * @param margin share, in [0, 1]
 * @throws OUT_OF_RANGE when the margin is not in [0, 1]
 */
export function rankingPick(rows: readonly Row[], by: readonly string[], margin: number): RankResult['pick'] {
  const [score] = by
  const name = ACCURACIES.includes(score) ? score : rows.some(hasPrediction) ? PREDICTED : undefined
  const reason =
    `${score} is no accuracy to tell a margin of; rank by one of ${ACCURACIES.join(', ')}, ` +
    'for which rows need labels or cards a calibration'
  if (name === undefined) return { by: null, reason }
  const choices = rows.map(row => ({ ...row, name: row.model, accuracy: accuracyOf(row, name) }))
  const found = paretoPick(choices, margin)
  if (!found) return { by: null, reason: `no model has a value of ${name}` }
  return { by: name, ...found, within: [...found.within], front: [...found.front] }
}

function accuracyOf(row: Row, by: string): number | null {
  return by === PREDICTED ? predictionOf(row) : (row.scores[by] ?? null)
}

/** A line of a table of what was picked. */
export interface PickRow {
  readonly what: 'best' | 'smallest' | 'fastest' | 'freest licence'
  readonly accuracy: number | null
  /** Null where nothing could be picked. */
  readonly row: Row | null
}

/** The picks of a ranking as the lines of a table; none where nothing was picked. */
export function pickRows({ pick, results }: Pick<RankResult, 'pick' | 'results'>): PickRow[] {
  if (!pick || pick.by === null) return []
  const { by, best, smallest, fastest, freest } = pick
  const picked = [
    ['best', best],
    ['smallest', smallest],
    ['fastest', fastest],
    ['freest licence', freest],
  ] as const
  return picked.map(([what, name]) => {
    const row = results.find(({ model }) => model === name) ?? null
    return { what, accuracy: row && accuracyOf(row, by), row }
  })
}

function hasPrediction(row: Row): boolean {
  return predictionOf(row) !== null
}

function predictionOf({ predicted }: Row): number | null {
  if (typeof predicted !== 'object' || predicted === null || !('value' in predicted)) return null
  return typeof predicted.value === 'number' ? predicted.value : null
}
