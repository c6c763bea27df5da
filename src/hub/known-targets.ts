import { metricOf, type EvaluationRecord } from '../catalog/index.ts'
import type { Evidence, KnownTarget } from '../decision/index.ts'

/** What a card states, as evidence. */
export interface StatedFacts {
  readonly sourceAccuracy: number | null
  readonly sizeBytes: number
  /** Rows of the training data, where they are known. */
  readonly trainingRows?: number
}

/** Evidence that needs no data. */
export function cardEvidence({ sourceAccuracy, sizeBytes, trainingRows }: StatedFacts): Evidence {
  return {
    ...(sourceAccuracy === null ? {} : { 'source-accuracy': sourceAccuracy }),
    'log-size': Math.log(Math.max(1, sizeBytes)),
    ...(trainingRows === undefined ? {} : { 'log-training-rows': Math.log(Math.max(1, trainingRows)) }),
  }
}

/**
 * The datasets of a history that a decision can be learned from: those on which at least two versions were measured that
 * are neither their own nor yanked, by what the history measures. The target itself is left out by its name.
 */
export function knownTargets(history: readonly EvaluationRecord[], target: string | undefined): KnownTarget[] {
  const measured = metricOf(history)
  const byDataset = new Map<string, EvaluationRecord[]>()
  for (const row of history) {
    if (row.own || row.yanked || row.metric !== measured || row.dataset === target) continue
    byDataset.set(row.dataset, [...(byDataset.get(row.dataset) ?? []), row])
  }
  return Array.from(byDataset, ([name, rows]): KnownTarget => {
    const latest = rows.filter(row => !rows.some(other => other.model === row.model && other.version > row.version))
    return {
      ...{ name, kin: rows[0].datasetSha256 },
      candidates: latest.map(row => ({ name: row.model, evidence: { ...row.scores, ...cardEvidence(row) } })),
      values: latest.map(({ value }) => value),
    }
  }).filter(({ candidates }) => candidates.length > 1)
}
