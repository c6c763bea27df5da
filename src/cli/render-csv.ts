import { stringify } from 'csv-stringify/sync'

/**
 * Rows as CSV (RFC 4180) after a line of their columns' names; null is empty. Text that a spreadsheet would run as a
 * formula gets a quote before it, as cards are written by strangers.
 */
export function renderCsv(rows: readonly Readonly<Record<string, unknown>>[], columns: readonly string[]): string {
  return stringify([...rows], {
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    // By itself it would quote only what holds both of them.
    quoted_match: /[\r\n]/,
    escape_formulas: true,
    cast: { boolean: String },
  })
}
