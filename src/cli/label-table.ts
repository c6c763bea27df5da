import { existsSync } from 'node:fs'
import { ModelHubError } from '../common/index.ts'
import type { NumericColumn, StringColumn } from '../dataset/index.ts'
import type { LabelAnswer, Labelling } from '../hub/index.ts'
import { renderCsv } from './render-csv.ts'
import { writeWhole } from './write-whole.ts'

const ROW = 'row'
const LABEL = 'label'

/**
 * Writes rows as a CSV to be filled in: the number of each in the dataset, an empty label, and what it holds.
 *
 * @throws USAGE when the file is there already and holds labels: nobody's work is written over
 */
export async function writeRowsToLabel(path: string, labelling: Labelling, rows: readonly number[]): Promise<void> {
  const contents = await labelling.contentsOf(rows)
  const columns = [...new Set([...contents.values()].flatMap(content => Object.keys(content)))]
  const own = (name: string) => (name === ROW || name === LABEL ? `${name} (data)` : name)
  const table = rows.map(row => {
    const cells = Object.entries(contents.get(row) ?? {}).map(([name, value]) => [own(name), value])
    return { [ROW]: row, [LABEL]: null, ...Object.fromEntries(cells) } as Record<string, unknown>
  })
  await writeWhole(path, Buffer.from(renderCsv(table, [ROW, LABEL, ...columns.map(own)])))
}

/**
 * Refuses to write over a table of rows that holds labels which were not read.
 *
 * @throws USAGE
 */
export async function refuseUnread(path: string): Promise<void> {
  if (!existsSync(path) || (await readLabels(path).catch(() => [])).length === 0) return
  throw new ModelHubError('USAGE', `${path}: holds labels already; read them with --labels ${path}, or name another`)
}

/**
 * The labels that were filled in, by row; rows without one are left out.
 *
 * @throws COLUMN_MISSING without the columns `row` and `label`, COLUMN_TYPE for a row that is no number, and what the
 *   readers throw
 */
export async function readLabels(path: string): Promise<readonly LabelAnswer[]> {
  const { openTable } = await import('../readers/index.ts')
  const table = await openTable(path, { types: { [ROW]: 'numeric', [LABEL]: 'text' } })
  try {
    const [row, label] = [ROW, LABEL].map(name => table.features.findIndex(feature => feature.name === name))
    const answers: LabelAnswer[] = []
    for await (const { rows, columns } of table.chunks()) {
      for (let i = 0; i < rows; i++) {
        const given = (columns[label] as StringColumn)[i]?.trim()
        if (given) answers.push({ row: (columns[row] as NumericColumn)[i], label: given })
      }
    }
    return answers
  } finally {
    table.close()
  }
}
