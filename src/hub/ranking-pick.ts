import { paretoPick } from '../decision/index.ts'
import type { RankResult } from './rank-result-schema.ts'

/** The score that labelled rows give. */
const MEASURED = 'accuracy'

/** The score of a ranking by what its decision expects. */
const EXPECTED = 'expected'

/** Scores that are accuracies. */
const ACCURACIES: readonly string[] = [MEASURED, EXPECTED, 'atc', 'doc', 'cbpe']

type Row = RankResult['results'][number]
type Ranked = Pick<RankResult, 'results' | 'decision'> & { readonly parameters: Pick<RankResult['parameters'], 'by'> }

/**
 * The smallest, fastest and most freely licensed models within a margin of the best, by the accuracy that the ranking
 * is by: a measured or estimated one; else by the measured one, else by the one that its decision expects.
 *
 * @param margin share, in [0, 1]
 * @throws OUT_OF_RANGE when the margin is not in [0, 1]
 */
export function rankingPick(ranked: Ranked, margin: number): RankResult['pick'] {
  const { results, decision, parameters } = ranked
  const [score] = parameters.by
  const isMeasured = results.some(({ scores }) => MEASURED in scores)
  const otherwise = isMeasured ? MEASURED : decision ? EXPECTED : undefined
  const name = ACCURACIES.includes(score) ? score : otherwise
  const reason =
    `${score} is no accuracy to tell a margin of; rank by one of ${ACCURACIES.join(', ')}, ` +
    'for which rows need labels or cards a calibration'
  if (name === undefined) return { by: null, reason }
  const choices = results.map(row => ({ ...row, name: row.model, accuracy: accuracyOf(row, name, decision) }))
  const found = paretoPick(choices, margin)
  if (!found) return { by: null, reason: `no model has a value of ${name}` }
  return { by: name, ...found, within: [...found.within], front: [...found.front] }
}

function accuracyOf({ scores, model }: Row, by: string, decision: RankResult['decision']): number | null {
  const expected = by === EXPECTED ? decision?.predicted.find(one => one.model === model)?.value : undefined
  return scores[by] ?? expected ?? null
}

/** A line of a table of what was picked. */
export interface PickRow {
  readonly what: 'best' | 'smallest' | 'fastest' | 'freest licence'
  readonly accuracy: number | null
  /** Null where nothing could be picked. */
  readonly row: Row | null
}

/** The picks of a ranking as the lines of a table; none where nothing was picked. */
export function pickRows({ pick, results, decision }: Pick<RankResult, 'pick' | 'results' | 'decision'>): PickRow[] {
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
    return { what, accuracy: row && accuracyOf(row, by, decision), row }
  })
}
