import type { EvaluatedDataset } from './evaluation.ts'
import { historyMetric } from './history-metric.ts'
import type { CatalogReader } from './schema.ts'

/** What the history says of a version without looking at a target. */
export interface Elsewhere {
  /** Mean accuracy over the datasets, or what the history measures, in [0, 1]. */
  readonly mean: number
  /** Number of datasets; at least 1. */
  readonly datasets: number
}

/**
 * Mean accuracy (what the history measures) of versions on the hub's labelled datasets: not on their own, and not on the target, by its data or by
 * its name.
 *
 * @returns by `owner/model@3`; without those that the history says nothing of
 */
export async function meanElsewhere(
  db: CatalogReader,
  target: Partial<EvaluatedDataset> = {},
): Promise<ReadonlyMap<string, Elsewhere>> {
  let query = db
    .selectFrom('evaluation')
    .innerJoin('version', 'version.id', 'evaluation.version_id')
    .innerJoin('model', 'model.id', 'version.model_id')
    .select(['model.name', 'version.version'])
    .select(({ fn }) => [fn.avg<number>('value').as('mean'), fn.countAll<number>().as('datasets')])
    .where('own', '=', 0)
    .where('metric', '=', await historyMetric(db))
    .groupBy(['model.name', 'version.version'])
  if (target.name !== undefined) query = query.where('dataset', '!=', target.name)
  if (target.sha256 !== undefined) query = query.where('dataset_sha256', '!=', target.sha256)
  const rows = await query.execute()
  return new Map(
    rows.map(row => [`${row.name}@${row.version}`, { mean: Number(row.mean), datasets: Number(row.datasets) }]),
  )
}
