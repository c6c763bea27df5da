import { ModelHubError, throwIfCancelled } from '../common/modelhub-error.ts'
import { seededRandom } from '../common/random.ts'
import type { ColumnSource, NumericColumn } from '../dataset/column-chunk.ts'
import { binCount, type FeatureBins } from './feature-bins.ts'
import { featureCounter } from './feature-counter.ts'
import { frequentHashes } from './frequent-hashes.ts'
import { consistentWeightedSampler } from './min-hash.ts'
import { addFeature, addRows, emptyCounts, partitionsFrom } from './partition-counts.ts'
import { valueHashes } from './sample-bins.ts'
import type { Sketch } from './sketch.ts'
import type { ResolvedSketchOptions } from './sketch-options.ts'

/** Bins of every feature, and of the pooled histogram they add up to. */
export const PAPER_BINS = 100
/** Rows of a partition, but for the residue. */
export const PAPER_PARTITION_ROWS = 500
/** Words of the shared dictionary. */
const PAPER_WORDS = 300

/**
 * The `paper` profile (Zhou et al. 2020): the table flattened, scaled to [0, 1] by its minimum and maximum, and binned
 * in 100 bins of equal width that all numeric features share; the rows shuffled exactly and cut into partitions of
 * m = min(500, N), the residue kept as a
 * last one; MinHash for the multiset Jaccard of §3.4.
 *
 * Its outer edges are the extremes of the data: the privacy receipt says so.
 */
export async function makePaperSketch(source: ColumnSource, options: ResolvedSketchOptions): Promise<Sketch> {
  const { bins, rows } = await equalWidthBins(source, options)
  if (rows === 0) throw new ModelHubError('EMPTY_DATASET', 'dataset: expected rows, got none')
  const partitionOf = shuffledPartitions(rows, Math.min(PAPER_PARTITION_ROWS, rows), options.seed)
  const whole = emptyCounts(1, bins.map(binCount))
  const random = emptyCounts(partitionOf.reduce((most, p) => Math.max(most, p), 0) + 1, bins.map(binCount))
  const counters = source.features.map((feature, f) => featureCounter(feature, bins[f], options.hash))
  const sign = consistentWeightedSampler(options.seed)
  let done = 0
  for await (const chunk of source.chunks({ signal: options.signal })) {
    throwIfCancelled(options.signal, 'counting')
    const parts = { whole: new Int32Array(chunk.rows), random: partitionOf.slice(done, done + chunk.rows) }
    addRows(whole, parts.whole)
    addRows(random, parts.random)
    counters.forEach((counter, f) => {
      const chunkBins = counter.count(chunk.columns[f])
      addFeature(whole, f, { ...chunkBins, partitionOf: parts.whole })
      addFeature(random, f, { ...chunkBins, partitionOf: parts.random })
    })
    done += chunk.rows
    options.onProgress?.({ stage: 'counting', done, total: rows, unit: 'rows' })
  }
  return {
    profile: 'paper',
    seed: options.seed,
    rows,
    features: source.features.map((feature, f) => ({
      ...feature,
      bins: bins[f],
      coarseBins: bins[f],
      signature: sign(counters[f].elements()),
    })),
    partitions: [...partitionsFrom('whole', whole), ...partitionsFrom('random', random)],
  }
}

/** Partition of each row: an exact (Fisher–Yates) shuffle cut into runs of `size`. */
function shuffledPartitions(rows: number, size: number, seed: number): Int32Array {
  const random = seededRandom(seed)
  const place = Int32Array.from({ length: rows }, (_, row) => row)
  for (let last = rows - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[place[last], place[other]] = [place[other], place[last]]
  }
  return place.map(position => Math.floor(position / size))
}

async function equalWidthBins(
  source: ColumnSource,
  options: ResolvedSketchOptions,
): Promise<{ bins: FeatureBins[]; rows: number }> {
  const range = { low: Infinity, high: -Infinity }
  const words = source.features.map(() => new Map<number, number>())
  let rows = 0
  for await (const chunk of source.chunks({ signal: options.signal })) {
    throwIfCancelled(options.signal, 'reading')
    source.features.forEach((feature, f) => {
      const column = chunk.columns[f]
      if (feature.type === 'numeric') widen(range, column as NumericColumn)
      else {
        for (const value of column as readonly (string | null)[]) {
          for (const hash of value === null ? [] : valueHashes(value, feature, options.hash)) {
            words[f].set(hash, (words[f].get(hash) ?? 0) + 1)
          }
        }
      }
    })
    rows += chunk.rows
    options.onProgress?.({ stage: 'reading', done: rows, total: source.rows, unit: 'rows' })
  }
  const numeric = equalWidth(range)
  const bins = source.features.map(({ type }, f) =>
    type === 'numeric' ? numeric : frequentHashes(words[f], PAPER_WORDS),
  )
  return { bins, rows }
}

function widen(range: { low: number; high: number }, column: NumericColumn): void {
  for (const value of column) {
    if (value - value !== 0) continue
    if (value < range.low) range.low = value
    if (value > range.high) range.high = value
  }
}

/** A constant table falls into the first bin, as after min–max scaling to 0. */
function equalWidth({ low, high }: { low: number; high: number }): FeatureBins {
  const [start, end] = high > low ? [low, high] : Number.isFinite(low) ? [low, low + PAPER_BINS] : [0, 1]
  const edges = Array.from({ length: PAPER_BINS + 1 }, (_, k) => start * (1 - k / PAPER_BINS) + end * (k / PAPER_BINS))
  const ascending = edges.filter((edge, k) => k === 0 || edge > edges[k - 1])
  return { kind: 'numeric', edges: Float64Array.from(ascending), atoms: new Float64Array(0) }
}
