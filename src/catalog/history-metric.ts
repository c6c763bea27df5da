import type { EvaluationRecord } from './evaluation.ts'
import type { CatalogReader } from './schema.ts'

/**
 * What the history of a hub measures: the metric of most datasets, `accuracy` where there is none or as many of another.
 * Values of other metrics are no history of it.
 */
export async function historyMetric(db: CatalogReader): Promise<string> {
  const rows = await db
    .selectFrom('evaluation')
    .select(['metric'])
    .select(({ fn }) => fn.count<number>('dataset_sha256').distinct().as('datasets'))
    .groupBy('metric')
    .execute()
  return mostMeasured(new Map(rows.map(({ metric, datasets }) => [metric, Number(datasets)])))
}

/** The same of evaluations that were read. */
export function metricOf(history: readonly Pick<EvaluationRecord, 'metric' | 'datasetSha256'>[]): string {
  const datasets = new Map<string, Set<string>>()
  for (const { metric, datasetSha256 } of history) {
    datasets.set(metric, (datasets.get(metric) ?? new Set()).add(datasetSha256))
  }
  return mostMeasured(new Map(Array.from(datasets, ([metric, all]) => [metric, all.size])))
}

function mostMeasured(datasets: ReadonlyMap<string, number>): string {
  const most = Math.max(0, ...datasets.values())
  const first = [...datasets.keys()].filter(metric => datasets.get(metric) === most).sort()
  return first.length === 0 || datasets.get('accuracy') === most ? 'accuracy' : first[0]
}
