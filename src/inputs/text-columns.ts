import { ModelHubError } from '../common/index.ts'
import type { InputSignature } from '../model/index.ts'
import { isImagePath, type Table } from '../readers/index.ts'
import { namedFirst } from './named-first.ts'
import { isMedia, narrowTable, openWhole, tellExtra } from './narrow-table.ts'
import type { PrepareOptions } from './prepare-options.ts'

/** A dataset of texts, or of pairs. */
export interface TextColumns {
  readonly table: Table
  /** Positions of the one or two texts among the table's features. */
  readonly positions: readonly number[]
  /** Of columns left out. */
  readonly warnings: readonly string[]
}

/**
 * Opens a dataset for its texts: the columns asked for, else those the card names, else the only text there is. Files of
 * texts are one column, whatever the card calls it.
 *
 * @throws COLUMN_MISSING, USAGE when it is not told which column is meant, MODEL_MISMATCH for images, more than a
 *   pair, or further columns under `strict`, and what opening throws
 */
export async function openTextColumns(
  paths: readonly string[],
  signature: InputSignature,
  options: PrepareOptions,
): Promise<TextColumns> {
  for (const path of paths) {
    if (await isImagePath(path)) throw new ModelHubError('MODEL_MISMATCH', `${path}: the model takes texts, got images`)
  }
  let table = await openWhole(paths, options)
  try {
    const asked = options.columns ?? signature.columns
    const isOne = asked?.length === 1 && isMedia(table, options)
    const names = textNames(paths[0], table, isOne ? undefined : asked)
    const types = Object.fromEntries(names.map(name => [name, 'text' as const]))
    const wanted = { paths, names, options }
    const warnings = tellExtra(table, wanted)
    table = await narrowTable(table, wanted, types)
    const { features } = table
    return { table, positions: names.map(name => features.findIndex(feature => feature.name === name)), warnings }
  } catch (error) {
    table.close()
    throw error
  }
}

function textNames(path: string, table: Table, asked: readonly string[] | undefined): readonly string[] {
  const there = table.features.map(({ name }) => name)
  const texts = table.features.filter(({ type }) => type === 'text').map(({ name }) => name)
  if (asked === undefined) {
    if (texts.length === 1) return texts
    if (there.length === 1) return there
    const got = texts.length === 0 ? `none among ${namedFirst(there)}` : namedFirst(texts)
    throw new ModelHubError('USAGE', `${path}: columns: expected the name of the column of texts, got ${got}`)
  }
  if (asked.length > 2) throw new ModelHubError('MODEL_MISMATCH', `columns: expected a text or a pair, got ${asked}`)
  const missing = asked.filter(name => !there.includes(name))
  if (missing.length === 0) return asked
  throw new ModelHubError('COLUMN_MISSING', `${path}: columns of texts that are not there: ${namedFirst(missing)}`)
}
