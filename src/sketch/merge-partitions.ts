import { pairwiseJensenShannon } from '../divergence/pairwise-jensen-shannon.ts'
import type { PartitionBlock } from '../divergence/partition-block.ts'
import type { Partition } from './sketch.ts'

/**
 * Joins partitions until at most `most` are left, or until none has fewer than `leastRows`: the smallest goes to the one
 * nearest to it by Jensen–Shannon divergence, again and again, ties by order.
 *
 * @param partitions of one kind, counted in the same bins
 */
export function mergePartitions(
  partitions: readonly Partition[],
  { most = Infinity, leastRows = 0 }: { readonly most?: number; readonly leastRows?: number },
): readonly Partition[] {
  let left = [...partitions]
  const smallestOf = () => left.reduce((least, part) => (part.rows < least.rows ? part : least))
  while (left.length > 1 && (left.length > most || smallestOf().rows < leastRows)) {
    const smallest = smallestOf()
    const others = left.filter(part => part !== smallest)
    const divergences = pairwiseJensenShannon(blockOf([smallest]), blockOf(others), allFeatures(smallest))
    const nearest = others[divergences.indexOf(Math.min(...divergences))]
    left = others.map(part => (part === nearest ? joined(part, smallest) : part))
  }
  return left
}

function joined(to: Partition, from: Partition): Partition {
  return {
    kind: to.kind,
    rows: to.rows + from.rows,
    counts: to.counts.map((counts, f) => counts.map((n, bin) => n + from.counts[f][bin])),
  }
}

function allFeatures({ counts }: Partition): Uint32Array {
  return Uint32Array.from(counts.keys())
}

function blockOf(partitions: readonly Partition[]): PartitionBlock {
  const widths = partitions[0].counts.map(({ length }) => length)
  const offsets = new Uint32Array(widths.length + 1)
  widths.forEach((width, f) => (offsets[f + 1] = offsets[f] + width))
  const width = offsets[widths.length]
  const values = new Float32Array(partitions.length * width)
  partitions.forEach(({ counts }, row) => {
    counts.forEach((bins, f) => {
      const total = bins.reduce((sum, n) => sum + n, 0)
      bins.forEach((n, bin) => (values[row * width + offsets[f] + bin] = n / total))
    })
  })
  const rows = Float64Array.from(partitions, part => part.rows)
  return { partitions: partitions.length, offsets, values, rows }
}
