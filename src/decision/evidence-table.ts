import { crowdAccuracy, crowdF1, sharpWeights } from '../confidence/index.ts'
import type { DecisionTarget } from './decision-target.ts'
import { EVIDENCE, EVIDENCE_NAMES, type EvidenceName } from './evidence-names.ts'

/** One piece of evidence of all candidates of a target. */
export interface EvidenceColumn {
  /** The greater the better; NaN where it is not known; shape (candidates). */
  readonly raw: Float64Array
  /** In standard deviations from the mean over the candidates; 0 where it is not known, or all are alike. */
  readonly standard: Float64Array
}

/** The evidence of a target. */
export interface EvidenceTable {
  /** Number of candidates. */
  readonly size: number
  /** By name; what no candidate has is missing. */
  readonly columns: ReadonlyMap<EvidenceName, EvidenceColumn>
}

/** The evidence that does not need the history. */
export function evidenceTable({ candidates, agreement }: DecisionTarget): EvidenceTable {
  const columns = new Map<EvidenceName, EvidenceColumn>()
  for (const name of EVIDENCE_NAMES) {
    const { sign } = EVIDENCE[name]
    put(
      columns,
      name,
      Float64Array.from(candidates, ({ evidence }) => sign * (evidence[name] ?? NaN)),
    )
  }
  if (agreement) {
    const fits = columns.get('fit')?.raw ?? new Float64Array(candidates.length)
    const weights = sharpWeights(fits)
    put(columns, 'crowd', crowdAccuracy(agreement, weights))
    put(columns, 'crowd-f1', crowdF1(agreement, weights))
  }
  return { size: candidates.length, columns }
}

/** What a history says of each candidate of a target, NaN where it is not known; shape (candidates). */
export interface HistoryValues {
  /** Mean value over the datasets. */
  readonly elsewhere: Float64Array
  /** The same, weighted by how alike the datasets are to the target. */
  readonly near: Float64Array
}

/** The same with what a history says, and with the crowd that is weighted by the values elsewhere. */
export function withElsewhere(
  table: EvidenceTable,
  { agreement }: DecisionTarget,
  { elsewhere, near }: HistoryValues,
): EvidenceTable {
  const more = new Map(table.columns)
  put(more, 'elsewhere', elsewhere)
  put(more, 'near', near)
  if (agreement && more.has('elsewhere')) {
    const weights = sharpWeights(elsewhere)
    put(more, 'crowd-elsewhere', crowdAccuracy(agreement, weights))
    put(more, 'crowd-f1-elsewhere', crowdF1(agreement, weights))
  }
  return { ...table, columns: more }
}

function put(columns: Map<EvidenceName, EvidenceColumn>, name: EvidenceName, raw: Float64Array | undefined): void {
  if (raw?.some(value => Number.isFinite(value))) columns.set(name, { raw, standard: standardised(raw) })
}

/** In standard deviations from the mean of those that are known; 0 for one that is not, and where all are alike. */
export function standardised(values: Float64Array): Float64Array {
  const known = values.filter(value => Number.isFinite(value))
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length)
  if (!(deviation > 1e-9)) return new Float64Array(values.length)
  return values.map(value => (Number.isFinite(value) ? (value - mean) / deviation : 0))
}
