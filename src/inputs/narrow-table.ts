import { ModelHubError } from '../common/index.ts'
import { openDataset, type Table } from '../readers/index.ts'
import { namedFirst } from './named-first.ts'
import type { PrepareOptions } from './prepare-options.ts'

/** What is wanted of a dataset. */
export interface Narrowing {
  readonly paths: readonly string[]
  /** Features that are read. */
  readonly names: readonly string[]
  readonly options: PrepareOptions
}

/** Opens a dataset with the options that `prepareInputs` passes on. */
export function openWhole(paths: readonly string[], options: PrepareOptions): Promise<Table> {
  const { label, exclude, types, view, signal } = options
  return openDataset(paths, { label, exclude, types, view, signal })
}

/** Whether a dataset is files of images or texts, which have no columns to choose from. */
export function isMedia(table: Table, { label }: PrepareOptions): boolean {
  return label === undefined && table.label !== undefined
}

/**
 * What is to be told of columns that a model does not take: nothing, or one warning.
 *
 * @throws MODEL_MISMATCH under `strict`, where there are any
 */
export function tellExtra(table: Table, { paths, names, options }: Narrowing): readonly string[] {
  const taken = new Set(names)
  const extra = table.features.map(({ name }) => name).filter(name => !taken.has(name))
  if (extra.length === 0) return []
  if (!options.strict) return [`columns that the model does not take left out: ${namedFirst(extra)}`]
  const expected = 'expected only columns that the model takes'
  throw new ModelHubError('MODEL_MISMATCH', `${paths[0]}: ${expected}, got ${namedFirst(extra)} too`)
}

/**
 * Closes a dataset and opens it anew with no more columns than are read; images, texts and views stay as they are, and
 * so does one without further columns.
 *
 * @param types of columns, beside those of the options
 */
export async function narrowTable(
  table: Table,
  { paths, names, options }: Narrowing,
  types: PrepareOptions['types'] = {},
): Promise<Table> {
  const taken = new Set(names)
  // A name with a dot or bracket may be a part of a timestamp or vector, which cannot be left out by itself.
  const unread = table.features.map(({ name }) => name).filter(name => !taken.has(name) && !/[.[]/.test(name))
  const isPlain = options.view === undefined && !isMedia(table, options)
  if (!isPlain || (unread.length === 0 && Object.keys(types).length === 0)) return table
  table.close()
  const { exclude = [] } = options
  return openWhole(paths, { ...options, exclude: [...exclude, ...unread], types: { ...options.types, ...types } })
}
