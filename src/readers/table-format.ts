import { ModelHubError } from '../common/index.ts'

/** How the bytes of a table file are laid out, and what they are packed with. */
export interface TableFormat {
  readonly layout: 'csv' | 'tsv' | 'parquet' | 'json' | 'ndjson'
  /** Packing of the whole file; Parquet packs its own pages, so it has `none` here. */
  readonly compression: 'none' | 'gzip' | 'zstd'
}

const LAYOUTS = {
  csv: 'csv',
  tsv: 'tsv',
  parquet: 'parquet',
  pq: 'parquet',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
} as const

const KNOWN_ENDINGS = '.csv, .tsv, .json, .ndjson, .jsonl (each also with .gz or .zst), .parquet, .pq'

const ENDING = /\.(csv|tsv|parquet|pq|json|ndjson|jsonl)(?:\.(gz|zst))?$/i

/** Whether a path ends as those of tables do. */
export function isTablePath(path: string): boolean {
  return ENDING.test(path)
}

/**
 * The format of a table file, told from the ending of its name alone; upper and lower case are the same.
 *
 * @throws FORMAT_UNKNOWN when the ending is none of the known ones, or Parquet packed once more
 */
export function tableFormat(path: string): TableFormat {
  const match = ENDING.exec(path)
  const layout = match ? LAYOUTS[match[1].toLowerCase() as keyof typeof LAYOUTS] : undefined
  const packing = match?.[2]?.toLowerCase()
  if (!layout || (layout === 'parquet' && packing)) {
    throw new ModelHubError('FORMAT_UNKNOWN', `${path}: expected a name that ends in one of ${KNOWN_ENDINGS}`)
  }
  return { layout, compression: packing === 'gz' ? 'gzip' : packing === 'zst' ? 'zstd' : 'none' }
}
