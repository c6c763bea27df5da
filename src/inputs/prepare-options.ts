import type { ReadOptions } from '../dataset/index.ts'
import type { DatasetOptions } from '../readers/index.ts'

/** How a dataset is to be prepared. */
export interface PrepareOptions extends ReadOptions, Pick<DatasetOptions, 'label' | 'exclude' | 'types' | 'view'> {
  /** Folder that the .npy files go to, for this dataset alone; made when it is not there. */
  readonly folder: string
  /** How many rows, stratified by label where there are labels, or all; 2,000 when absent. */
  readonly sample?: number | 'all'
  /** Seed of the sample, an integer; 0 when absent. */
  readonly seed?: number
  /** Columns of the dataset that stand for the card's, in the card's order, where their names differ. */
  readonly columns?: readonly string[]
  /** Whether columns that the model does not take are a fault; they are left out, with a warning, when absent. */
  readonly strict?: boolean
  /** For ready tensors: a table with the column `label`, or a .npy file of one label a row. */
  readonly labels?: string
  /** The model's folder, in which a text model's tokenizer lies. */
  readonly modelFolder?: string
}
