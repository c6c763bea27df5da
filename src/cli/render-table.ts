import Table from 'cli-table3'
import stringWidth from 'string-width'
import { fitColumns } from './fit-columns.ts'

/** One column of a table. */
export interface TableColumn<Row> {
  readonly title: string
  /** Numbers stand on the right. */
  readonly align?: 'left' | 'right'
  /** Never wrapped, as numbers are not. */
  readonly whole?: boolean
  /** Left out where the terminal is too narrow for it. */
  readonly spare?: boolean
  text(row: Row): string
}

const GAP = '  '

/** Columns of the terminal on standard output, 80 where it does not say; undefined where that is no terminal. */
export function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns || 80 : undefined
}

/**
 * A table without rules: as wide as its contents, or, on a terminal too narrow for that, with titles and then texts
 * wrapped, and at last without the columns that can be spared, which a line below names. Numbers are always whole.
 */
export function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  width = terminalWidth(),
): string {
  const cells = columns.map(({ text }) => rows.map(text))
  const { shown, widths, leftOut } = fitColumns(
    columns.map((column, i) => ({
      natural: Math.max(0, ...cells[i].map(widthOf)),
      title: stringWidth(column.title),
      longestWord: Math.max(...column.title.split(' ').map(word => stringWidth(word))),
      whole: column.whole === true || column.align === 'right',
      spare: column.spare === true,
    })),
    { width, gap: GAP.length },
  )
  const table = emptyTable(
    shown.map(i => columns[i]),
    widths,
  )
  for (const row of rows.keys()) table.push(shown.map(i => cells[i][row]))
  const missing = leftOut.map(i => columns[i].title).join(', ')
  return missing === '' ? table.toString() : `${table.toString()}\n(too narrow for: ${missing})`
}

function emptyTable<Row>(columns: readonly TableColumn<Row>[], widths: readonly number[]): Table.Table {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' }
  const corners = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', right: '', 'right-mid': '' }
  return new Table({
    head: columns.map(({ title }, i) => (stringWidth(title) > widths[i] ? title.replaceAll(' ', '\n') : title)),
    colAligns: columns.map(({ align = 'left' }) => align),
    colWidths: [...widths],
    wordWrap: true,
    wrapOnWordBoundary: false,
    chars: { ...none, ...corners, mid: '', 'mid-mid': '', middle: GAP },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
}

/** Width of the longest line. */
function widthOf(text: string): number {
  return Math.max(...text.split('\n').map(line => stringWidth(line)))
}
