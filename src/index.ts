export { ERROR_CODES, ModelHubError, type ErrorCode, type ProgressEvent, type ProgressHook } from './common/index.ts'
export {
  Hub,
  loadSketchFile,
  loadTarget,
  readManifest,
  sketchData,
  type DataOptions,
  type EvaluationResult,
  type HubEvaluateOptions,
  type LabelledDataset,
  type LoadedSketch,
  type PublicationSource,
  type SearchOptions,
  type SearchResult,
} from './hub/index.ts'
