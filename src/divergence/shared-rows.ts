import { blockWidth, type PartitionBlock } from './partition-block.ts'

/** One partition over the shared features only. */
export interface SharedRow {
  /** The shared features' histograms, side by side, shape (shared bins). */
  readonly values: Float64Array
  /** How many of the shared features the dataset lacks: those whose segment is all 0. */
  readonly lacking: number
}

/** Copies the listed features' segments of every partition next to each other, so that a kernel runs straight on. */
export function sharedRows(block: PartitionBlock, features: Uint32Array): SharedRow[] {
  const { offsets } = block
  let columns = 0
  for (const f of features) columns += offsets[f + 1] - offsets[f]
  return Array.from({ length: block.partitions }, (_, partition) => {
    const start = partition * blockWidth(block)
    const values = new Float64Array(columns)
    let [at, lacking] = [0, 0]
    for (const f of features) {
      const end = start + offsets[f + 1]
      let mass = 0
      for (let column = start + offsets[f]; column < end; column++) mass += values[at++] = block.values[column]
      if (mass === 0) lacking++
    }
    return { values, lacking }
  })
}
