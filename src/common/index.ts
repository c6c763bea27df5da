export { ERROR_CODES, type ErrorCode, type ErrorCodeMeaning } from './error-codes.ts'
export { ModelHubError, throwIfCancelled } from './modelhub-error.ts'
export { namingWriteFaults, writeFault } from './write-fault.ts'
export type { ProgressEvent, ProgressHook } from './progress.ts'
