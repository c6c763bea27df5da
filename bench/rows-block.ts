import type { PartitionBlock } from '../src/divergence/index.ts'
import type { SimulatedHub } from './simulated-hub.ts'

/** Histograms of simulated datasets as one block, each row copied when it is asked for. */
export function rowsBlock(
  { offsets }: SimulatedHub,
  rows: number,
  row: (at: number) => Float32Array | Float64Array,
): PartitionBlock {
  const width = offsets[offsets.length - 1]
  const values = new Float32Array(rows * width)
  for (let at = 0; at < rows; at++) values.set(row(at), at * width)
  return { partitions: rows, offsets, values, rows: new Float64Array(rows).fill(1) }
}
