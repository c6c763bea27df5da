import type { VersionRecord } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'

/** A value as `modelhub ls` gives it to programs. */
export type ListValue = string | number | boolean | null

/** What `modelhub ls` can show of a version, by name; docs/guide.md lists the same. */
export const LIST_COLUMNS = {
  model: ({ name }: VersionRecord) => name,
  version: ({ version }: VersionRecord) => version,
  yanked: ({ yanked }: VersionRecord) => yanked,
  task: ({ task }: VersionRecord) => task,
  license: ({ license }: VersionRecord) => license,
  sourceAccuracy: ({ sourceAccuracy }: VersionRecord) => sourceAccuracy,
  sizeBytes: ({ sizeBytes }: VersionRecord) => sizeBytes,
  rows: ({ rows }: VersionRecord) => rows,
  features: ({ featureSlots }: VersionRecord) => featureSlots.length,
  publishedAt: ({ publishedAt }: VersionRecord) => publishedAt,
  view: ({ view }: VersionRecord) => view,
  parameters: ({ parameters }: VersionRecord) => parameters,
  opset: ({ opset }: VersionRecord) => opset,
} as const satisfies Readonly<Record<string, (version: VersionRecord) => ListValue>>

export type ListColumn = keyof typeof LIST_COLUMNS

/** Names that `--where` has for the same. */
const SYNONYMS: Readonly<Record<string, ListColumn>> = { name: 'model', updated: 'publishedAt' }

/** Order by one column. */
export interface ListOrder {
  readonly column: ListColumn
  readonly descending: boolean
}

/**
 * Names of columns by comma.
 *
 * @throws USAGE for an unknown one, with those there are
 */
export function columnsOption(text: string): ListColumn[] {
  return text.split(',').map(name => columnOf('--columns', name.trim()))
}

/**
 * An order such as `task,sizeBytes:desc`: by the first column, then the next.
 *
 * @throws USAGE for an unknown column or direction
 */
export function sortOption(text: string): ListOrder[] {
  return text.split(',').map(given => {
    const [name, direction = 'asc', ...more] = given.trim().split(':')
    if (more.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw new ModelHubError('USAGE', `--sort: expected COLUMN, COLUMN:asc or COLUMN:desc, got ${given}`)
    }
    return { column: columnOf('--sort', name), descending: direction === 'desc' }
  })
}

/** What programs get of each version: the columns asked for, in that order. */
export function listValues(
  versions: readonly VersionRecord[],
  columns = Object.keys(LIST_COLUMNS) as readonly ListColumn[],
): Readonly<Record<string, ListValue>>[] {
  return versions.map(version => Object.fromEntries(columns.map(column => [column, LIST_COLUMNS[column](version)])))
}

/** Versions in an order; what is not stated comes last, and what is equal stays as it was. */
export function sortVersions(versions: readonly VersionRecord[], orders: readonly ListOrder[]): VersionRecord[] {
  return [...versions].sort((a, b) => {
    for (const { column, descending } of orders) {
      const difference = compareValues(LIST_COLUMNS[column](a), LIST_COLUMNS[column](b), descending)
      if (difference !== 0) return difference
    }
    return 0
  })
}

function compareValues(a: ListValue, b: ListValue, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const rising = a < b ? -1 : a > b ? 1 : 0
  return descending ? -rising : rising
}

function columnOf(option: string, name: string): ListColumn {
  const column = SYNONYMS[name] ?? name
  if (Object.hasOwn(LIST_COLUMNS, column)) return column as ListColumn
  throw new ModelHubError('USAGE', `${option}: expected one of ${Object.keys(LIST_COLUMNS).join(', ')}, got ${name}`)
}
