import type { Selectable } from 'kysely'
import type { GraphTensor } from '../model/index.ts'
import { bytesOf, int32FromBytes } from './bytes.ts'
import type { CatalogReader, VersionTable } from './schema.ts'

/** A published version without the text of its card, which `readCard` gives. */
export interface VersionRecord {
  readonly id: number
  readonly modelId: number
  /** `owner/model`. */
  readonly name: string
  /** 1, 2, … within the model. */
  readonly version: number
  /** UTC, as `Date.toISOString` writes it. */
  readonly publishedAt: string
  /** Withdrawn: still found by its number, never as the latest. */
  readonly yanked: boolean
  readonly contentSha256: string
  readonly license: string | null
  readonly task: string | null
  /** In [0, 1]; null where the card states none. */
  readonly sourceAccuracy: number | null
  readonly onnxSha256: string
  readonly sketchSha256: string
  readonly sizeBytes: number
  readonly opset: number | null
  readonly inputs: readonly GraphTensor[]
  readonly outputs: readonly GraphTensor[]
  readonly lastDense: string | null
  readonly parameters: number
  readonly domainId: number | null
  /** Rows of the training data. */
  readonly rows: number
  /** For each feature of the sketch, in its order, the ordinal of its slot in the domain. */
  readonly featureSlots: Int32Array
  /** What was looked at when the training data were sketched, as `descriptor` of images; null for a plain table. */
  readonly view: string | null
}

/** Every column of a version but its card, and its model's name. */
export function selectVersions(db: CatalogReader) {
  return db
    .selectFrom('version')
    .innerJoin('model', 'model.id', 'version.model_id')
    .select([
      'model.name',
      'version.id',
      'version.model_id',
      'version.version',
      'version.published_at',
      'version.yanked',
      'version.content_sha256',
      'version.license',
      'version.task',
      'version.source_accuracy',
      'version.onnx_sha256',
      'version.sketch_sha256',
      'version.size_bytes',
      'version.opset',
      'version.inputs',
      'version.outputs',
      'version.last_dense',
      'version.parameters',
      'version.domain_id',
      'version.rows',
      'version.feature_slots',
      'version.view',
    ])
}

/** A row of {@link selectVersions} as a record. */
export function versionRecord(row: Omit<Selectable<VersionTable>, 'card'> & { name: string }): VersionRecord {
  return {
    id: row.id,
    modelId: row.model_id,
    name: row.name,
    version: row.version,
    publishedAt: row.published_at,
    yanked: row.yanked !== 0,
    contentSha256: row.content_sha256,
    license: row.license,
    task: row.task,
    sourceAccuracy: row.source_accuracy,
    onnxSha256: row.onnx_sha256,
    sketchSha256: row.sketch_sha256,
    sizeBytes: Number(row.size_bytes),
    opset: row.opset,
    inputs: JSON.parse(row.inputs) as GraphTensor[],
    outputs: JSON.parse(row.outputs) as GraphTensor[],
    lastDense: row.last_dense,
    parameters: Number(row.parameters),
    domainId: row.domain_id,
    rows: Number(row.rows),
    featureSlots: int32FromBytes(bytesOf(row.feature_slots)),
    view: row.view,
  }
}
