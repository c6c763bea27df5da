import { ModelHubError } from '../common/index.ts'
import { checkAddress } from './check-address.ts'
import type { EvaluationBatch } from './evaluation.ts'
import type { CatalogTransaction } from './schema.ts'

/** What became of a batch. */
export interface RecordedBatch {
  /** Evaluations that are in the history now. */
  readonly recorded: number
  /** Earlier evaluations under the same name, of other data, that were dropped. */
  readonly outdated: number
}

const ROWS_A_STATEMENT = 200

/**
 * Records evaluations on one dataset, each in place of the earlier one of the same version and data. A name is one
 * dataset: evaluations of other data under that name are dropped, and those of the same data under another name get
 * this one. Evaluations of versions that were removed meanwhile are left out.
 *
 * @throws USAGE for an empty name, an address that is none, or a value outside [0, 1]
 */
export async function recordEvaluations(tx: CatalogTransaction, batch: EvaluationBatch): Promise<RecordedBatch> {
  const { dataset } = batch
  checkBatch(batch)
  const outdated = await tx
    .deleteFrom('evaluation')
    .where('dataset', '=', dataset.name)
    .where('dataset_sha256', '!=', dataset.sha256)
    .executeTakeFirst()
  await tx
    .updateTable('evaluation')
    .set({ dataset: dataset.name })
    .where('dataset_sha256', '=', dataset.sha256)
    .execute()
  const there = new Set((await tx.selectFrom('version').select('id').execute()).map(({ id }) => id))
  const fresh = batch.evaluations.filter(({ versionId }) => there.has(versionId))
  await upsert(tx, { ...batch, evaluations: fresh })
  return { recorded: fresh.length, outdated: Number(outdated.numDeletedRows) }
}

async function upsert(tx: CatalogTransaction, batch: EvaluationBatch): Promise<void> {
  const { dataset, metric, toolVersion, createdAt, evaluations } = batch
  const rows = evaluations.map(({ versionId, rows: measured, value, own, scores }) => ({
    ...{ version_id: versionId, dataset: dataset.name, dataset_sha256: dataset.sha256, rows: measured, metric, value },
    ...{ own: own ? 1 : 0, scores: JSON.stringify(scores), tool_version: toolVersion, created_at: createdAt },
  }))
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    await tx
      .insertInto('evaluation')
      .values(rows.slice(from, from + ROWS_A_STATEMENT))
      .onConflict(clash =>
        clash.columns(['version_id', 'dataset_sha256']).doUpdateSet(({ ref }) => ({
          rows: ref('excluded.rows'),
          metric: ref('excluded.metric'),
          value: ref('excluded.value'),
          own: ref('excluded.own'),
          scores: ref('excluded.scores'),
          tool_version: ref('excluded.tool_version'),
          created_at: ref('excluded.created_at'),
        })),
      )
      .execute()
  }
}

/**
 * Removes all evaluations on the dataset of that name.
 *
 * @returns how many there were
 */
export async function removeEvaluations(tx: CatalogTransaction, dataset: string): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom('evaluation').where('dataset', '=', dataset).executeTakeFirst()
  return Number(numDeletedRows)
}

function checkBatch({ dataset, evaluations }: EvaluationBatch): void {
  checkAddress(dataset.sha256)
  if (dataset.name === '') throw new ModelHubError('USAGE', 'dataset: expected a name, got an empty one')
  for (const { value, rows, scores } of evaluations) {
    const wrong = !(value >= 0 && value <= 1)
      ? `value: expected a number in [0, 1], got ${value}`
      : !(Number.isSafeInteger(rows) && rows >= 1)
        ? `rows: expected a whole number from 1, got ${rows}`
        : Object.entries(scores)
            .filter(([, score]) => !Number.isFinite(score))
            .map(([name, score]) => `score ${name}: expected a finite number, got ${score}`)[0]
    if (wrong !== undefined) throw new ModelHubError('USAGE', `${dataset.name}: ${wrong}`)
  }
}
