import { ModelHubError } from '../common/index.ts'
import { MODEL_NAME } from '../model/index.ts'
import { int32ToBytes } from './bytes.ts'
import { contentSha256, type VersionContent } from './content-sha256.ts'
import { findVersion, findVersionByContent } from './find-versions.ts'
import { nextId } from './hub-lock.ts'
import type { CatalogTransaction } from './schema.ts'
import type { VersionRecord } from './version-record.ts'

/** A version to publish. The objects it names must be stored: name them to `Catalog.write`. */
export interface NewVersion
  extends
    Omit<VersionRecord, 'id' | 'modelId' | 'version' | 'yanked' | 'contentSha256' | 'onnxSha256' | 'sketchSha256'>,
    VersionContent {
  /** One above the model's highest ever when absent. */
  readonly version?: number
}

/** What became of a publication. */
export interface Publication {
  readonly version: VersionRecord
  /** False when the model already had a version of the same content, which is then the one given. */
  readonly created: boolean
}

/**
 * Adds a version, and its model if that is new. Publishing the same content again changes nothing, even when the
 * version has been yanked meanwhile.
 *
 * @throws VERSION_CONFLICT when that number has other content or was removed, or that content another number
 * @throws USAGE for a name that is not `owner/model`, a number below 1, or a time not as `Date.toISOString` writes it
 */
export async function insertVersion(tx: CatalogTransaction, fresh: NewVersion): Promise<Publication> {
  checkForm(fresh)
  const content = contentSha256(fresh)
  const same = await findVersionByContent(tx, fresh.name, content)
  if (same !== undefined) {
    if ((fresh.version ?? same.version) === same.version) return { version: same, created: false }
    throw conflict(fresh, `the same content is already published as version ${same.version}`)
  }
  const model = await modelOf(tx, fresh)
  const version = fresh.version ?? model.lastVersion + 1
  await checkFree(tx, fresh, model)
  const id = await nextId(tx)
  await tx
    .insertInto('version')
    .values({ ...columnsOf(fresh), id, model_id: model.id, version, content_sha256: content })
    .execute()
  for (const { location, sha256, sizeBytes } of fresh.files ?? []) {
    await tx.insertInto('version_file').values({ version_id: id, location, sha256, size_bytes: sizeBytes }).execute()
  }
  const lastVersion = Math.max(version, model.lastVersion)
  await tx.updateTable('model').set({ last_version: lastVersion }).where('id', '=', model.id).execute()
  return { version: await findVersion(tx, `${fresh.name}@${version}`), created: true }
}

function columnsOf(fresh: NewVersion) {
  return {
    published_at: fresh.publishedAt,
    yanked: 0,
    card: fresh.card,
    license: fresh.license,
    task: fresh.task,
    source_accuracy: fresh.sourceAccuracy,
    onnx_sha256: fresh.onnxSha256,
    sketch_sha256: fresh.sketchSha256,
    size_bytes: fresh.sizeBytes,
    opset: fresh.opset,
    inputs: JSON.stringify(fresh.inputs),
    outputs: JSON.stringify(fresh.outputs),
    last_dense: fresh.lastDense,
    parameters: fresh.parameters,
    domain_id: fresh.domainId,
    rows: fresh.rows,
    feature_slots: int32ToBytes(fresh.featureSlots),
    view: fresh.view,
  }
}

interface Model {
  readonly id: number
  readonly lastVersion: number
}

async function modelOf(tx: CatalogTransaction, { name, publishedAt }: NewVersion): Promise<Model> {
  const model = await tx
    .selectFrom('model')
    .select(['id', 'last_version as lastVersion'])
    .where('name', '=', name)
    .executeTakeFirst()
  if (model !== undefined) return model
  const id = await nextId(tx)
  await tx.insertInto('model').values({ id, name, created_at: publishedAt, last_version: 0 }).execute()
  return { id, lastVersion: 0 }
}

/** A number that was given once is never given to other content, not even after its version was removed. */
async function checkFree(tx: CatalogTransaction, fresh: NewVersion, model: Model): Promise<void> {
  if (fresh.version === undefined || fresh.version > model.lastVersion) return
  const taken = await tx
    .selectFrom('version')
    .select('id')
    .where('model_id', '=', model.id)
    .where('version', '=', fresh.version)
    .executeTakeFirst()
  const reason = taken === undefined ? 'numbers must rise, and no removed one comes again' : 'it has other content'
  throw conflict(fresh, `${reason}; the highest so far is ${model.lastVersion}`)
}

function checkForm({ name, version, publishedAt }: NewVersion): void {
  const wrong = (field: string, expected: string, got: unknown) =>
    new ModelHubError('USAGE', `${field}: expected ${expected}, got ${JSON.stringify(got)}`)
  if (!MODEL_NAME.test(name)) throw wrong('name', 'owner/model', name)
  if (version !== undefined && !(Number.isInteger(version) && version >= 1 && version < 1e9)) {
    throw wrong('version', 'a whole number from 1', version)
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(publishedAt)) {
    throw wrong('publishedAt', 'a time such as 2026-01-31T08:00:00.000Z', publishedAt)
  }
}

function conflict({ name, version }: NewVersion, reason: string): ModelHubError {
  return new ModelHubError('VERSION_CONFLICT', `${name}@${version}: cannot be published: ${reason}`)
}
