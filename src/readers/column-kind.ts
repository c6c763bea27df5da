/**
 * What a column of a file holds. `vector` is a list of numbers, `unknown` a column of a text format without any value,
 * `refused` a type that makes no feature.
 */
export type ColumnKind = 'numeric' | 'boolean' | 'timestamp' | 'string' | 'vector' | 'unknown' | 'refused'

const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BIGNUM|INTERVAL)$/
const TIMESTAMP = /^(DATE|TIME|TIME_NS|TIMESTAMP(_S|_MS|_NS)?|(TIME|TIMESTAMP) WITH TIME ZONE)$/
const STRING = /^(VARCHAR|UUID|JSON|ENUM\(.*\))$/s
const VECTOR = /^(.*)\[\d*\]$/

/** The kind of a DuckDB type, as `DESCRIBE` spells it; lists and arrays of numbers are vectors, other nested types refused. */
export function columnKind(sqlType: string): ColumnKind {
  if (sqlType === 'BOOLEAN') return 'boolean'
  if (sqlType === '"NULL"' || sqlType === 'NULL') return 'unknown'
  if (STRING.test(sqlType)) return 'string'
  if (NUMERIC.test(sqlType)) return 'numeric'
  if (TIMESTAMP.test(sqlType)) return 'timestamp'
  const item = VECTOR.exec(sqlType)?.[1]
  return item !== undefined && item !== 'INTERVAL' && NUMERIC.test(item) ? 'vector' : 'refused'
}
