import { ModelHubError } from '../common/index.ts'
import { planColumn, planLabel, type PlannedColumn } from './column-plan.ts'
import type { FileTable } from './file-table.ts'
import type { TableOptions } from './table.ts'

/** The columns of a dataset: those that become features, and the one set apart. */
export interface TablePlan {
  readonly columns: readonly PlannedColumn[]
  readonly label?: PlannedColumn
}

/**
 * The columns of a dataset from its files and what was asked. Files agree by name; their order is the first file's.
 *
 * @param files at least one
 * @throws USAGE when the label column is also excluded
 * @throws COLUMN_MISSING when a column that an option names is nowhere, or a file lacks a column that another has
 * @throws COLUMN_TYPE when files disagree about a type, or hold one that makes no feature
 * @throws EMPTY_DATASET when no column is left
 */
export function planTable(files: readonly FileTable[], options: TableOptions): TablePlan {
  const { label, exclude = [], types = {} } = options
  checkNames(files, [...exclude, ...Object.keys(types), ...(label === undefined ? [] : [label])])
  if (label !== undefined && exclude.includes(label)) {
    throw new ModelHubError('USAGE', `label: column ${label} is both the label and excluded`)
  }
  const apart = new Set([...exclude, label])
  const names = [...new Set(files.flatMap(file => [...file.columns.keys()]))].filter(name => !apart.has(name))
  if (names.length === 0) throw new ModelHubError('EMPTY_DATASET', `${files[0].path}: no feature is left`)
  const typeOf = new Map(Object.entries(types))
  return {
    columns: names.map(name => planColumn(name, files, typeOf.get(name))),
    label: label === undefined ? undefined : planLabel(label, files),
  }
}

function checkNames(files: readonly FileTable[], names: readonly string[]): void {
  for (const name of names) {
    if (files.some(file => file.columns.has(name))) continue
    throw new ModelHubError('COLUMN_MISSING', `${files[0].path}: column ${name} is not there`)
  }
}
