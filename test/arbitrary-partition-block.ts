import fc from 'fast-check'
import type { PartitionBlock } from '../src/divergence/index.ts'
import { arbitraryHistogram } from './arbitrary-histogram.ts'

/** Builds a block from partitions, each a list of the features' histograms; an all-zero one is a feature that lacks. */
export function blockOf(partitions: readonly (readonly (readonly number[])[])[], rows = 100): PartitionBlock {
  const offsets = [0]
  for (const histogram of partitions[0]) offsets.push(offsets[offsets.length - 1] + histogram.length)
  return {
    partitions: partitions.length,
    offsets: Uint32Array.from(offsets),
    values: Float32Array.from(partitions.flat(2)),
    rows: new Float64Array(partitions.length).fill(rows),
  }
}

/** Cuts rows of joined histograms into those of each feature, and builds a block of them. */
export function blockOfRows(rows: readonly number[][], bins: readonly number[]): PartitionBlock {
  const cut = (row: number[]): number[][] => {
    let at = 0
    return bins.map(width => row.slice(at, (at += width)))
  }
  return blockOf(rows.map(cut))
}

/** Two blocks over the same features (1 to 4, of 1 to 12 bins each); about every eighth segment is all 0. */
export function arbitraryBlocks(): fc.Arbitrary<{ source: PartitionBlock; target: PartitionBlock }> {
  const bins = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 })
  return bins.chain(widths => {
    const segment = (width: number): fc.Arbitrary<number[]> =>
      fc.oneof(
        { weight: 7, arbitrary: arbitraryHistogram(width) },
        { weight: 1, arbitrary: fc.constant(new Array<number>(width).fill(0)) },
      )
    const partition = fc.tuple(...widths.map(segment))
    const block = fc.array(partition, { minLength: 1, maxLength: 4 }).map(partitions => blockOf(partitions))
    return fc.record({ source: block, target: block })
  })
}

/** The numbers of all features of a block. */
export function allFeatures(block: PartitionBlock): Uint32Array {
  return Uint32Array.from({ length: block.offsets.length - 1 }, (_, f) => f)
}
