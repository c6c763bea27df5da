import Table from 'cli-table3'

export { byteSize } from '../common/byte-size.ts'
export { percent } from '../common/percent.ts'

/** Prints a result as JSON, the only thing on standard output. */
export function printJson(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
}

/** Prints a line of a result. */
export function printLine(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** Tells something beside the result, on standard error. */
export function printNote(note: string): void {
  process.stderr.write(`${note}\n`)
}

/** One column of a table. */
export interface TableColumn<Row> {
  readonly title: string
  readonly align?: 'left' | 'right'
  text(row: Row): string
}

/** A table without rules, as wide as its contents. */
export function renderTable<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' }
  const table = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align = 'left' }) => align),
    chars: {
      ...none,
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  for (const row of rows) table.push(columns.map(({ text }) => text(row)))
  return table.toString()
}
