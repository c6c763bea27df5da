import type { PartitionBlock } from '../divergence/partition-block.ts'
import type { DatasetBlocks } from './dataset-blocks.ts'
import { PAPER_BINS } from './paper-sketch.ts'
import { partitionsOf, type PartitionKind, type Sketch } from './sketch.ts'

/**
 * A dataset in the pooled space (Zhou et al. 2020, §3.3): the values of the given features, the table scaled
 * to [0, 1], in one histogram of 100 bins. Missing values are left out, and so are features that are not numeric.
 *
 * @param sketch of the `paper` profile
 * @param features numbers of the features
 * @returns blocks of a single column of 100 bins
 */
export function pooledBlocks(sketch: Sketch, features: readonly number[]): DatasetBlocks {
  const numeric = features.filter(f => sketch.features[f].type === 'numeric')
  const block = (kind: PartitionKind): PartitionBlock => {
    const partitions = partitionsOf(sketch, kind)
    const values = new Float32Array(partitions.length * PAPER_BINS)
    partitions.forEach(({ counts }, row) => {
      const pooled = values.subarray(row * PAPER_BINS, (row + 1) * PAPER_BINS)
      for (const f of numeric) for (let bin = 0; bin + 1 < counts[f].length; bin++) pooled[bin] += counts[f][bin]
      const total = pooled.reduce((sum, n) => sum + n, 0)
      if (total > 0) pooled.forEach((n, bin) => (pooled[bin] = n / total))
    })
    return {
      partitions: partitions.length,
      offsets: Uint32Array.of(0, PAPER_BINS),
      values,
      rows: Float64Array.from(partitions, ({ rows }) => rows),
    }
  }
  return { whole: block('whole'), clustered: block('clustered'), random: block('random') }
}
