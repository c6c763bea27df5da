import { crowdAccuracy, crowdF1, sharpWeights, type CrowdAgreement } from '../confidence/index.ts'
import type { DecisionTarget } from './decision-target.ts'
import type { EvidenceName } from './evidence-names.ts'
import { evidenceTable, standardised, type EvidenceTable } from './evidence-table.ts'

/** A target is covered when the nearest training data are within this JS divergence of it, nats: a fifth of ln 2. */
const COVERED = Math.LN2 / 5
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
 * place of accuracy where one of two labels is rare. Else by fit, else by what the cards state.
 */
export function defaultOrder(target: DecisionTarget): DefaultOrder {
  const table = evidenceTable(target)
  const { agreement } = target
  if (agreement && target.candidates.length > 1) {
    const covered = isCovered(table)
    const fits = covered ? table.columns.get('fit')?.raw : undefined
    const weights = sharpWeights(fits ?? new Float64Array(target.candidates.length))
    const raw = (isRare(agreement) ? crowdF1(agreement, weights) : undefined) ?? crowdAccuracy(agreement, weights)
    const scores = standardised(raw)
    const columns = new Map(table.columns).set('crowd', { raw, standard: scores })
    return { table: { ...table, columns }, by: 'crowd', scores }
  }
  const by = (['fit', 'source-accuracy'] as const).find(name => table.columns.has(name))
  return { table, by, scores: by ? table.columns.get(by)!.standard : new Float64Array(table.size) }
}

/** Whether some candidate's training data are near the target. */
function isCovered(table: EvidenceTable): boolean {
  const nearest = table.columns.get('js')?.raw.reduce((most, value) => (value > most ? value : most), -Infinity)
  return nearest === undefined || -nearest <= COVERED
}

function isRare({ both }: CrowdAgreement): boolean {
  if (!both) return false
  const models = Math.sqrt(both.length)
  let positives = 0
  for (let m = 0; m < models; m++) positives += both[m * models + m]
  return positives / models < RARE
}
