import type { EvaluationRecord } from './evaluation.ts'
import { parseModelRef } from './model-ref.ts'
import type { CatalogReader } from './schema.ts'

/** Which evaluations to list. */
export interface EvaluationFilter {
  /** `owner/model` for all of its versions, `owner/model@3` for one. */
  readonly model?: string
  /** Name of the dataset. */
  readonly dataset?: string
  /** SHA-256 of the dataset. */
  readonly datasetSha256?: string
}

/**
 * The hub's history in order of dataset, model and version; yanked versions too.
 *
 * @throws USAGE for a model that is no reference
 */
export async function listEvaluations(
  db: CatalogReader,
  { model, dataset, datasetSha256 }: EvaluationFilter = {},
): Promise<readonly EvaluationRecord[]> {
  let query = db
    .selectFrom('evaluation')
    .innerJoin('version', 'version.id', 'evaluation.version_id')
    .innerJoin('model', 'model.id', 'version.model_id')
    .selectAll('evaluation')
    .select(['model.name', 'version.version', 'version.yanked', 'version.source_accuracy', 'version.size_bytes'])
    .select('version.rows as training_rows')
  if (model !== undefined) {
    const { name, version } = parseModelRef(model)
    query = query.where('model.name', '=', name)
    if (version !== 'latest') query = query.where('version.version', '=', version)
  }
  if (dataset !== undefined) query = query.where('evaluation.dataset', '=', dataset)
  if (datasetSha256 !== undefined) query = query.where('evaluation.dataset_sha256', '=', datasetSha256)
  const records = (await query.execute()).map(row => ({
    ...{ versionId: row.version_id, model: row.name, version: row.version, yanked: row.yanked !== 0 },
    ...{ dataset: row.dataset, datasetSha256: row.dataset_sha256, rows: Number(row.rows), metric: row.metric },
    ...{ value: row.value, own: row.own !== 0, scores: JSON.parse(row.scores) as Record<string, number> },
    ...{ toolVersion: row.tool_version, createdAt: row.created_at, sourceAccuracy: row.source_accuracy },
    ...{ sizeBytes: Number(row.size_bytes), trainingRows: Number(row.training_rows) },
  }))
  return records.sort(
    (a, b) => compareText(a.dataset, b.dataset) || compareText(a.model, b.model) || a.version - b.version,
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
