import type { ChunkBins } from './feature-counter.ts'
import type { Partition, PartitionKind } from './sketch.ts'

/** Histograms of several partitions side by side, filled chunk by chunk. */
export interface PartitionCounts {
  /** Rows in each partition, shape (partitions). */
  readonly rows: Uint32Array
  /** One per feature, shape (partitions, bins) row-major. */
  readonly counts: readonly Uint32Array[]
  /** Number of bins of each feature. */
  readonly widths: readonly number[]
}

/** Empty histograms. */
export function emptyCounts(partitions: number, widths: readonly number[]): PartitionCounts {
  return {
    rows: new Uint32Array(partitions),
    counts: widths.map(width => new Uint32Array(partitions * width)),
    widths,
  }
}

/** Adds a chunk's rows to the partitions they belong to, shape (rows). */
export function addRows(target: PartitionCounts, partitionOf: Int32Array): void {
  for (const partition of partitionOf) target.rows[partition]++
}

/**
 * Adds one feature of a chunk.
 *
 * @param partitionOf partition of each row, shape (rows)
 * @param binMap bin of the histograms for each of the chunk's bins
 */
export function addFeature(
  target: PartitionCounts,
  feature: number,
  chunk: ChunkBins & { readonly partitionOf: Int32Array; readonly binMap?: Uint16Array },
): void {
  const counts = target.counts[feature]
  const width = target.widths[feature]
  const { bins, rowOf, binMap, partitionOf } = chunk
  for (let i = 0; i < bins.length; i++) {
    const partition = partitionOf[rowOf ? rowOf[i] : i]
    counts[partition * width + (binMap ? binMap[bins[i]] : bins[i])]++
  }
}

/** Moves everything that partition `from` holds into partition `to`. */
export function mergePartition(target: PartitionCounts, from: number, to: number): void {
  target.rows[to] += target.rows[from]
  target.rows[from] = 0
  target.counts.forEach((counts, f) => {
    const width = target.widths[f]
    for (let bin = 0; bin < width; bin++) {
      counts[to * width + bin] += counts[from * width + bin]
      counts[from * width + bin] = 0
    }
  })
}

/** The histograms of one partition, one per feature. */
function countsOf(source: PartitionCounts, partition: number): Uint32Array[] {
  return source.counts.map((counts, f) => {
    const width = source.widths[f]
    return counts.slice(partition * width, partition * width + width)
  })
}

/** The partitions that have rows. */
export function partitionsFrom(kind: PartitionKind, counts: PartitionCounts): Partition[] {
  return Array.from(counts.rows.keys())
    .filter(partition => counts.rows[partition] > 0)
    .map(partition => ({ kind, rows: counts.rows[partition], counts: countsOf(counts, partition) }))
}
