export type { ComparedModel, CompareOptions, Covering, ModelComparison } from './compare-models.ts'
export type { HubEvaluateOptions, LabelledDataset } from './evaluate-options.ts'
export {
  evaluationResultJsonSchema,
  evaluationResultSchema,
  type EvaluationResult,
} from './evaluation-result-schema.ts'
export { Hub } from './hub.ts'
export { loadSketchFile, loadTarget, sketchData, type DataOptions, type LoadedSketch } from './load-sketch.ts'
export { meansElsewhere, type VersionMean } from './means-elsewhere.ts'
export { readManifest } from './manifest.ts'
export type { Predictions } from './predict.ts'
export type { HubRankOptions } from './rank-options.ts'
export type { RankReport, ReportedLayer, ReportedRun } from './rank-report.ts'
export { rankResultJsonSchema, rankResultSchema, type RankResult } from './rank-result-schema.ts'
export type { RunOneOptions } from './run-one.ts'
export type { PublishInput } from './publish.ts'
export { readPublication, type PublicationSource } from './read-publication.ts'
export type { SearchedTarget, SearchRunOptions } from './search-and-run.ts'
export type { SearchOptions } from './search-hub.ts'
export { searchResultJsonSchema, searchResultSchema, type SearchResult } from './search-result-schema.ts'
export type { ReportedModel, SearchReport } from './search-report.ts'
