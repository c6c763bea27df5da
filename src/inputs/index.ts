export { prepareInputs, type PreparedDataset } from './prepare-inputs.ts'
export type { PrepareOptions } from './prepare-options.ts'
export { rowContents, type RowContent } from './row-contents.ts'
