/** A name as an SQL identifier: `a"b` becomes `"a""b"`. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as an SQL string literal: `it's` becomes `'it''s'`. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A path as an SQL string literal that DuckDB does not take for a glob: each of `[`, `*` and `?` in brackets. */
export function quotePath(path: string): string {
  return quoteLiteral(path.replaceAll(/[[*?]/g, wildcard => `[${wildcard}]`))
}
