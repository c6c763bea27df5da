import type { ColumnType, Kysely, Transaction } from 'kysely'

/** PostgreSQL gives 64-bit integers as text; mapping goes through Number. */
type BigInteger = ColumnType<number | string, number, number>

/** Bytes: libsql gives an ArrayBuffer, PostgreSQL a Buffer. */
type Bytes = ColumnType<ArrayBuffer | Uint8Array, Uint8Array, Uint8Array>

export interface ModelTable {
  id: number
  name: string
  created_at: string
  /** Highest version number ever given, so that a removed version's number never comes again. */
  last_version: number
}

export interface VersionTable {
  id: number
  model_id: number
  version: number
  published_at: string
  yanked: number
  content_sha256: string
  card: string
  license: string | null
  task: string | null
  source_accuracy: number | null
  onnx_sha256: string
  sketch_sha256: string
  size_bytes: BigInteger
  opset: number | null
  inputs: string
  outputs: string
  last_dense: string | null
  parameters: BigInteger
  domain_id: number | null
  rows: BigInteger
  feature_slots: Bytes
  view: string | null
}

/** Files of external data beside the ONNX file. */
export interface VersionFileTable {
  version_id: number
  location: string
  sha256: string
  size_bytes: BigInteger
}

export interface DomainTable {
  id: number
  name: string
  reference_version: number
}

export interface SlotTable {
  domain_id: number
  ordinal: number
  name: string
  type: string
  signatures: Bytes
  reference: string
}

export interface BlockTable {
  version_id: number
  reference_version: number
  layout: string
  bytes: Bytes
}

/** Objects kept in the database itself, by checksum. */
export interface ObjectTable {
  sha256: string
  size_bytes: BigInteger
}

/** The bytes of an object in order, so that no value is large. */
export interface ObjectChunkTable {
  sha256: string
  ordinal: number
  bytes: Bytes
}

/** How well a version did on a labelled dataset. */
export interface EvaluationTable {
  version_id: number
  dataset: string
  dataset_sha256: string
  rows: BigInteger
  metric: string
  value: number
  own: number
  /** JSON. */
  scores: string
  tool_version: string
  created_at: string
}

/** One row that every writer updates first, so that writers wait for each other in any database. */
export interface HubLockTable {
  id: number
  revision: number
  /** Random, another one after every write. */
  stamp: string
  next_id: number
}

/** Every table of a hub: only what SQLite and PostgreSQL both have. */
export interface CatalogSchema {
  model: ModelTable
  version: VersionTable
  version_file: VersionFileTable
  domain: DomainTable
  slot: SlotTable
  block: BlockTable
  evaluation: EvaluationTable
  hub_lock: HubLockTable
  object: ObjectTable
  object_chunk: ObjectChunkTable
}

/** Where catalog functions read: a catalog's `db`, or the transaction of a write. */
export type CatalogReader = Kysely<CatalogSchema>

/** Where catalog functions write: the transaction that `write` hands out. */
export type CatalogTransaction = Transaction<CatalogSchema>
