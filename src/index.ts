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
export {
  diffReceipts,
  receiptContent,
  ReceiptStore,
  rerun,
  type Receipt,
  type ReceiptContent,
  type ReceiptDiff,
  type ReceiptStoreOptions,
} from './receipts/index.ts'
