import { mergePartitions } from './merge-partitions.ts'
import { hideSmallCounts } from './minimum-counts.ts'
import { binsOf, partitionsOf, type PartitionKind, type Sketch } from './sketch.ts'

/**
 * The sketch with no partition of fewer than `least` rows and no bin that counts from 1 to `least` − 1: small partitions
 * join their nearest, small counts their neighbours or `other` (see `hideSmallCounts`).
 *
 * @param least at most the sketch's rows
 */
export function withMinimumCell(sketch: Sketch, least: number): Sketch {
  const kinds: readonly PartitionKind[] = ['whole', 'clustered', 'random']
  const partitions = kinds.flatMap(kind =>
    mergePartitions(partitionsOf(sketch, kind), { leastRows: least }).map(partition => ({
      ...partition,
      counts: partition.counts.map((counts, f) => hideSmallCounts(binsOf(sketch.features[f], kind), counts, least)),
    })),
  )
  return { ...sketch, partitions, minCell: least }
}
