import type { ColumnChunk } from '../dataset/index.ts'

/** The chosen rows of a chunk. */
export interface ChosenOfChunk {
  readonly chunk: ColumnChunk
  /** Numbers of the rows in the whole dataset, ascending, at least one. */
  readonly rows: Uint32Array
  /** Rows of the dataset before the chunk. */
  readonly before: number
}

/** Finds chosen rows in a dataset's chunks; stops reading after the last. */
export async function* chunkChoice(
  chunks: AsyncIterable<ColumnChunk>,
  chosen: Uint32Array,
): AsyncGenerator<ChosenOfChunk> {
  let before = 0
  let at = 0
  for await (const chunk of chunks) {
    const first = at
    while (at < chosen.length && chosen[at] < before + chunk.rows) at++
    if (at > first) yield { chunk, rows: chosen.subarray(first, at), before }
    before += chunk.rows
    if (at === chosen.length) return
  }
}
