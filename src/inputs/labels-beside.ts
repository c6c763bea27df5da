import { ModelHubError } from '../common/index.ts'
import type { ReadOptions, StringColumn } from '../dataset/index.ts'
import { openTable } from '../readers/index.ts'
import { openNpy } from '../tensors/index.ts'

/**
 * Labels that lie beside the data: a column of a table, as strings, or a .npy file of one label a row.
 *
 * @param path of the table or .npy file
 * @param column of the table
 * @throws USAGE when a table is given without a column, SHAPE when the .npy file has more than one number a row,
 *   COLUMN_MISSING, and what the readers throw
 */
export async function labelsBeside(
  path: string,
  column: string | undefined,
  { signal }: ReadOptions,
): Promise<readonly (string | null)[]> {
  if (/\.npy$/i.test(path)) return npyLabels(path)
  if (column === undefined) throw new ModelHubError('USAGE', `label: expected the column of ${path} with the labels`)
  const table = await openTable(path, { types: { [column]: 'text' }, signal })
  try {
    const place = table.features.findIndex(({ name }) => name === column)
    const labels: (string | null)[] = []
    const known = new Map<string | null, string | null>() // one string a class, not one a row
    for await (const { columns } of table.chunks({ signal })) {
      for (const label of columns[place] as StringColumn) {
        if (!known.has(label)) known.set(label, label)
        labels.push(known.get(label)!)
      }
    }
    return labels
  } finally {
    table.close()
  }
}

async function npyLabels(path: string): Promise<readonly string[]> {
  const file = await openNpy(path)
  try {
    const [rows = 0, ...rest] = file.shape
    if (rest.some(size => size !== 1)) {
      throw new ModelHubError('SHAPE', `${path}: expected one label a row, got shape (${file.shape.join(', ')})`)
    }
    return Array.from<number | bigint, string>(await file.rows(0, rows), String)
  } finally {
    await file.close()
  }
}
