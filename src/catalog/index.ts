export { loadBlockEnds, loadBlocks, loadBlockStarts, saveBlocks, type BlockRecord } from './blocks.ts'
export { catalogOver, type Catalog, type CatalogWork } from './catalog.ts'
export type { CatalogOptions } from './catalog-options.ts'
export { contentSha256, type VersionContent, type VersionFile } from './content-sha256.ts'
export { findDomain, listDomains, readSlots, saveDomain, type DomainRecord, type SlotRecord } from './domains.ts'
export type { EvaluatedDataset, EvaluationBatch, EvaluationRecord, NewEvaluation } from './evaluation.ts'
export {
  domainMembers,
  findVersion,
  findVersionByContent,
  findLatest,
  findVersionsById,
  knownNames,
  listVersionFiles,
  listVersions,
  readCard,
} from './find-versions.ts'
export { databaseObjectStore } from './database-object-store.ts'
export { openFolderObjectStore } from './folder-object-store.ts'
export { hubRevision, hubStamp } from './hub-lock.ts'
export { insertVersion, type NewVersion, type Publication } from './insert-version.ts'
export { countMembers, listMembers, memberIds } from './list-members.ts'
export { memberName, memberTable, type Member, type MemberTable } from './member-table.ts'
export { listEvaluations, type EvaluationFilter } from './list-evaluations.ts'
export { historyMetric, metricOf } from './history-metric.ts'
export { meanElsewhere, type Elsewhere } from './mean-elsewhere.ts'
export { migrate } from './migrate.ts'
export { parseModelRef, type ModelRef } from './model-ref.ts'
export type { ObjectSource, ObjectStore, StoredObject } from './object-store.ts'
export { openCatalog } from './open-catalog.ts'
export { isPostgresUrl, postgresPlace } from './postgres-place.ts'
export { recordEvaluations, removeEvaluations, type RecordedBatch } from './record-evaluations.ts'
export { resembling } from './resembling.ts'
export type { CatalogReader, CatalogTransaction } from './schema.ts'
export type { VersionRecord } from './version-record.ts'
export { removeVersion, yankVersion } from './withdraw-version.ts'
