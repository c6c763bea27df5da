import { crowdAccuracy, crowdF1, sharpWeights, type CrowdAgreement } from '../confidence/index.ts'
import type { DecisionTarget } from './decision-target.ts'
import type { EvidenceName } from './evidence-names.ts'
import { evidenceTable, standardised, type EvidenceTable } from './evidence-table.ts'

/** What the order without a history depends on. */
export interface DefaultSettings {
  /** Of votes by fit, as `sharpWeights` takes it. */
  readonly sharpness: number
  /** A target is covered when the nearest training data are within this share of ln 2 of it, JS divergence. */
  readonly covered: number
}

/** Where the rarer of two labels is predicted for fewer rows, accuracy is mostly that of the other one. */
const RARE = 0.25

/** How candidates are ordered where there is no history. */
export interface DefaultOrder {
  readonly table: EvidenceTable
  /** Evidence that decides; undefined where there is none. */
  readonly by?: EvidenceName
  /** In standard deviations within the target; shape (candidates). */
  readonly scores: Float64Array
}

/**
 * The order without a history. Candidates that were run: by the accuracy that the crowd expects of them, votes weighted
 * by similarity where the target is covered and alike where it is not, for then similarity says nothing; F1 takes the
 * place of accuracy where F1 is measured, or where that is not known and one of two labels is rare. Else by fit, else by what the cards state.
 *
 * @param table of the target, where it is at hand
 */
export function defaultOrder(
  target: DecisionTarget,
  settings: DefaultSettings,
  table = evidenceTable(target),
): DefaultOrder {
  const { agreement } = target
  if (agreement && target.candidates.length > 1) {
    const covered = isCovered(table, settings)
    const fits = covered ? table.columns.get('fit')?.raw : undefined
    const weights = sharpWeights(fits ?? new Float64Array(target.candidates.length), settings.sharpness)
    const usesF1 = target.metric === undefined ? isRare(agreement) : target.metric === 'f1'
    const raw = (usesF1 ? crowdF1(agreement, weights) : undefined) ?? crowdAccuracy(agreement, weights)
    const scores = standardised(raw)
    const columns = new Map(table.columns).set('crowd', { raw, standard: scores })
    return { table: { ...table, columns }, by: 'crowd', scores }
  }
  const by = (['fit', 'source-accuracy'] as const).find(name => table.columns.has(name))
  return { table, by, scores: by ? table.columns.get(by)!.standard : new Float64Array(table.size) }
}

/** Whether some candidate's training data are near the target. */
function isCovered(table: EvidenceTable, { covered }: DefaultSettings): boolean {
  const nearest = table.columns.get('js')?.raw.reduce((most, value) => (value > most ? value : most), -Infinity)
  return nearest === undefined || -nearest <= covered * Math.LN2
}

function isRare({ both }: CrowdAgreement): boolean {
  if (!both) return false
  const models = Math.sqrt(both.length)
  let positives = 0
  for (let m = 0; m < models; m++) positives += both[m * models + m]
  return positives / models < RARE
}
