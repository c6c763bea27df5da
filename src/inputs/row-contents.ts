import type { Column, ReadOptions } from '../dataset/index.ts'
import { imageFacts, isImagePath, openDataset, type DatasetOptions } from '../readers/index.ts'
import { chunkChoice } from './chunk-choice.ts'

/** What a person sees of a row, by the name of the column. */
export type RowContent = Readonly<Record<string, string | number | null>>

export interface RowContentOptions extends ReadOptions, Pick<DatasetOptions, 'label' | 'exclude' | 'types'> {}

/**
 * What rows of a dataset hold, for a person to look at: the columns of a table, the text of a text file, the path and the
 * size of an image, the files of ready tensors. The rows are numbered as `prepareInputs` does.
 *
 * @throws what the readers throw
 */
export async function rowContents(
  places: readonly string[],
  rows: readonly number[],
  options: RowContentOptions = {},
): Promise<ReadonlyMap<number, RowContent>> {
  if (rows.length === 0) return new Map()
  if (places.some(place => place.endsWith('.npy'))) {
    return new Map(rows.map(row => [row, { files: places.join(' ') }]))
  }
  if (await isImagePath(places[0])) {
    const facts = await imageFacts(places, new Set(rows), options)
    return new Map(Array.from(facts, ([row, { path, width, height }]) => [row, { image: path, width, height }]))
  }
  return tableContents(places, Uint32Array.from(rows).sort(), options)
}

async function tableContents(places: readonly string[], wanted: Uint32Array, options: RowContentOptions) {
  const contents = new Map<number, RowContent>()
  const table = await openDataset(places, options)
  try {
    for await (const { chunk, rows, before } of chunkChoice(table.chunks(options), wanted)) {
      for (const row of rows) {
        const cells = table.features.map(({ name }, f) => [name, cellOf(chunk.columns[f], row - before)] as const)
        contents.set(row, Object.fromEntries(cells))
      }
    }
    return contents
  } finally {
    table.close()
  }
}

function cellOf(column: Column, row: number): string | number | null {
  const value = column[row]
  return typeof value === 'number' && Number.isNaN(value) ? null : value
}
