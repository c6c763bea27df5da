import type { Matrix } from '../math/matrix-engine.ts'
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
  return Array.from({ length: block.partitions }, (_, partition) => sharedRow(block, features, partition))
}

/** The same of one partition. */
export function sharedRow(block: PartitionBlock, features: Uint32Array, partition: number): SharedRow {
  const { offsets } = block
  const values = new Float64Array(columnsOf(block, features))
  const start = partition * blockWidth(block)
  let [at, lacking] = [0, 0]
  for (const f of features) {
    const end = start + offsets[f + 1]
    let mass = 0
    for (let column = start + offsets[f]; column < end; column++) mass += values[at++] = block.values[column]
    if (mass === 0) lacking++
  }
  return { values, lacking }
}

/** The same of all partitions in single precision; the block's own numbers where the features are all it has. */
export function sharedMatrix(block: PartitionBlock, features: Uint32Array): Matrix {
  const { offsets, partitions: rows } = block
  const width = blockWidth(block)
  if (features.length === offsets.length - 1 && features.every((f, i) => f === i)) {
    return { rows, columns: width, values: block.values }
  }
  const columns = columnsOf(block, features)
  const values = new Float32Array(rows * columns)
  let at = 0
  for (let start = 0; start < rows * width; start += width) {
    for (const f of features) {
      values.set(block.values.subarray(start + offsets[f], start + offsets[f + 1]), at)
      at += offsets[f + 1] - offsets[f]
    }
  }
  return { rows, columns, values }
}

function columnsOf({ offsets }: PartitionBlock, features: Uint32Array): number {
  return features.reduce((sum, f) => sum + offsets[f + 1] - offsets[f], 0)
}
