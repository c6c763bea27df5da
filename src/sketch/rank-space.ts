import type { ChunkBins } from './feature-counter.ts'
import { binsInOrder, missingBin, type FeatureBins } from './feature-bins.ts'

/** Coordinates that a categorical or text feature takes up. */
const HASH_BUCKETS = 16

/** Writes one feature's coordinates of the rows of a chunk into a row-major matrix. */
export interface RankAxis {
  readonly dimensions: number
  /**
   * @param chunk the feature's bins
   * @param rows rows of the chunk
   * @param target shape (rows, width), written at columns [column, column + dimensions)
   */
  write(chunk: ChunkBins, target: Float64Array, at: { rows: number; width: number; column: number }): void
}

/**
 * The coordinates in which rows are clustered: under the dataset's own bins, so that no unit and no outlier counts more
 * than another.
 *
 * A numeric feature has one, the mean rank in [0, 1] of its bin (missing: ½). A categorical or text feature has 16, the
 * square roots of half the shares of its values over hash buckets, so that two rows with nothing in common lie at
 * distance 1, as the two ends of a numeric feature do.
 *
 * @param counts of the sample in `bins`
 */
export function rankAxis(bins: FeatureBins, counts: Uint32Array): RankAxis {
  return bins.kind === 'numeric' ? numericAxis(meanRanks(bins, counts)) : nominalAxis(bins.hashes, missingBin(bins))
}

function numericAxis(ranks: Float64Array): RankAxis {
  return {
    dimensions: 1,
    write(chunk, target, { rows, width, column }) {
      for (let row = 0; row < rows; row++) target[row * width + column] = ranks[chunk.bins[row]]
    },
  }
}

function nominalAxis(hashes: Uint32Array, missing: number): RankAxis {
  const bucketOf = (bin: number) => (bin < hashes.length ? hashes[bin] % (HASH_BUCKETS - 1) : HASH_BUCKETS - 1)
  return {
    dimensions: HASH_BUCKETS,
    write(chunk, target, { rows, width, column }) {
      const entries = new Uint32Array(rows)
      for (let row = 0; row < rows; row++) target.fill(0, row * width + column, row * width + column + HASH_BUCKETS)
      chunk.bins.forEach((bin, i) => {
        const row = chunk.rowOf ? chunk.rowOf[i] : i
        if (bin === missing) return
        entries[row]++
        target[row * width + column + bucketOf(bin)]++
      })
      for (let row = 0; row < rows; row++) {
        for (let d = 0; d < HASH_BUCKETS; d++) {
          const at = row * width + column + d
          if (target[at] > 0) target[at] = Math.sqrt(target[at] / entries[row] / 2)
        }
      }
    },
  }
}

/** The mean mid-rank, in [0, 1], of the values in each bin; ½ for missing. */
function meanRanks(bins: Extract<FeatureBins, { kind: 'numeric' }>, counts: Uint32Array): Float64Array {
  const order = binsInOrder(bins)
  const total = order.reduce((sum, bin) => sum + counts[bin], 0)
  const ranks = new Float64Array(missingBin(bins) + 1).fill(0.5)
  let below = 0
  for (const bin of order) {
    if (total > 0) ranks[bin] = (below + counts[bin] / 2) / total
    below += counts[bin]
  }
  return ranks
}
