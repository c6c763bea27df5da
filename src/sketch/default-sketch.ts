import { ModelHubError, throwIfCancelled } from '../common/modelhub-error.ts'
import type { Column, ColumnSource } from '../dataset/column-chunk.ts'
import { assignCells, cellsFor, fitCells, nearestCell, type CellModel } from './clustered-cells.ts'
import { coarsenBins, type CoarseBins } from './coarse-bins.ts'
import { binCount, type FeatureBins } from './feature-bins.ts'
import { featureCounter, type ChunkBins, type FeatureCounter } from './feature-counter.ts'
import { rowsPerBin, withoutRareBins } from './minimum-counts.ts'
import { frequentElements, probabilityMinHash } from './min-hash.ts'
import {
  addFeature,
  addRows,
  emptyCounts,
  mergePartition,
  partitionsFrom,
  type PartitionCounts,
} from './partition-counts.ts'
import { referenceMeanCounter, type ReferenceMeanCounter } from './reference-mean.ts'
import { rowHash } from './row-hash.ts'
import { sampleRows, type RowSample } from './row-sample.ts'
import { withMinimumCell } from './minimum-cell.ts'
import { binsOfSample, partitionBins } from './sample-bins.ts'
import type { Sketch } from './sketch.ts'
import type { ResolvedSketchOptions } from './sketch-options.ts'

/** Rows that edges and cells are taken from. */
export const SAMPLE_ROWS = 200_000
/** A cell of fewer rows joins its nearest. */
export const MIN_CELL_ROWS = 20
const ROWS_PER_RANDOM_PARTITION = 100
/** Most random partitions of a sketch. */
export const MAX_RANDOM_PARTITIONS = 16

/** What the first pass settles: how to bin, and how to partition. */
interface Plan {
  readonly bins: readonly FeatureBins[]
  readonly coarse: readonly CoarseBins[]
  readonly cells: CellModel | undefined
  readonly randomPartitions: number
}

interface Tallies {
  readonly whole: PartitionCounts
  readonly clustered: PartitionCounts
  readonly random: PartitionCounts
  readonly counters: readonly FeatureCounter[]
  /** Cell of every row so far, chunk by chunk; undefined where nobody asks. */
  readonly cellsOfRows: Int32Array[] | undefined
  readonly referenceMean: ReferenceMeanCounter | undefined
}

/** The `default` profile: own equi-depth bins, clustered and random partitions, P-MinHash signatures. */
export async function makeDefaultSketch(source: ColumnSource, options: ResolvedSketchOptions): Promise<Sketch> {
  const sample = await sampleRows(source, SAMPLE_ROWS, options)
  requireRows(sample.datasetRows, options.minCell)
  const plan = makePlan(source, sample, options)
  const tallies = await tally(source, sample, plan, options)
  const leastRows = Math.max(MIN_CELL_ROWS, options.minCell)
  if (plan.cells) {
    const into = mergeSmallCells(tallies.clustered, plan.cells, leastRows)
    if (tallies.cellsOfRows) options.onCells?.(rowsInKeptCells(tallies.cellsOfRows, into))
  }
  const features = source.features.map((feature, f) => ({
    ...feature,
    bins: plan.bins[f],
    coarseBins: plan.coarse[f].bins,
    signature: probabilityMinHash(frequentElements(tallies.counters[f].elements(), options.minCell), options.seed),
  }))
  const sketch: Sketch = {
    profile: 'default',
    seed: options.seed,
    rows: sample.datasetRows,
    features,
    partitions: [
      ...partitionsFrom('whole', tallies.whole),
      ...partitionsFrom('clustered', tallies.clustered),
      ...partitionsFrom('random', tallies.random),
    ],
    referenceMean: tallies.referenceMean?.finish(),
  }
  return options.minCell > 1 ? withMinimumCell(sketch, options.minCell) : sketch
}

function requireRows(rows: number, least: number): void {
  if (rows === 0) throw new ModelHubError('EMPTY_DATASET', 'dataset: expected rows, got none')
  if (rows >= least) return
  throw new ModelHubError('TOO_FEW_ROWS', `dataset: expected at least ${least} rows, as minCell asks, got ${rows}`)
}

/** Number of random partitions: clamp(round(N / 100), 1, 16). */
function randomPartitionsFor(rows: number): number {
  return Math.min(MAX_RANDOM_PARTITIONS, Math.max(1, Math.round(rows / ROWS_PER_RANDOM_PARTITION)))
}

function makePlan(source: ColumnSource, sample: RowSample, options: ResolvedSketchOptions): Plan {
  const bins = publishedBins(source, sample, options)
  const chunkBins = source.features.map((feature, f) =>
    featureCounter(feature, bins[f], options.hash).count(sample.columns[f]),
  )
  const counts = bins.map((featureBins, f) => histogram(chunkBins[f], binCount(featureBins)))
  return {
    bins,
    coarse: bins.map((featureBins, f) => coarsenBins(featureBins, counts[f], partitionBins(source.features[f]))),
    cells: options.partitions.includes('clustered')
      ? fitCells(bins, { ...sample, chunkBins, counts }, { cells: cellsFor(sample.datasetRows), seed: options.seed })
      : undefined,
    randomPartitions: options.partitions.includes('random') ? randomPartitionsFor(sample.datasetRows) : 0,
  }
}

/** The bins of the sample, without those that fewer rows than asked for fall into. */
function publishedBins({ features }: ColumnSource, sample: RowSample, options: ResolvedSketchOptions): FeatureBins[] {
  const bins = binsOfSample(features, sample.columns, sample.rows, options.hash)
  if (options.minCell === 1) return bins
  return features.map((feature, f) => {
    const chunk = featureCounter(feature, bins[f], options.hash).count(sample.columns[f])
    return withoutRareBins(bins[f], rowsPerBin(chunk, binCount(bins[f])), options.minCell)
  })
}

function histogram(chunk: ChunkBins, bins: number): Uint32Array {
  const counts = new Uint32Array(bins)
  for (const bin of chunk.bins) counts[bin]++
  return counts
}

/** The second pass: counts every row in the whole, in its cell and in its random partition. */
async function tally(
  source: ColumnSource,
  sample: RowSample,
  plan: Plan,
  options: ResolvedSketchOptions,
): Promise<Tallies> {
  const coarseWidths = plan.coarse.map(({ bins }) => binCount(bins))
  const tallies: Tallies = {
    whole: emptyCounts(1, plan.bins.map(binCount)),
    clustered: emptyCounts(plan.cells?.centroids.rows ?? 0, coarseWidths),
    random: emptyCounts(plan.randomPartitions, coarseWidths),
    counters: source.features.map((feature, f) => featureCounter(feature, plan.bins[f], options.hash)),
    cellsOfRows: options.onCells && [],
    referenceMean: options.reference && referenceMeanCounter(source.features, options.reference),
  }
  let done = 0
  for await (const rows of hashedRows(source, sample, options)) {
    throwIfCancelled(options.signal, 'counting')
    tallyRows(tallies, plan, rows)
    tallies.referenceMean?.add(rows.columns, rows.hashes.length)
    done += rows.hashes.length
    options.onProgress?.({ stage: 'counting', done, total: sample.datasetRows, unit: 'rows' })
  }
  return tallies
}

interface HashedRows {
  readonly hashes: Uint32Array
  readonly columns: readonly Column[]
}

/** All rows with their hashes: from the sample when it holds them all, else read again. */
async function* hashedRows(
  source: ColumnSource,
  sample: RowSample,
  options: ResolvedSketchOptions,
): AsyncGenerator<HashedRows> {
  if (sample.rows === sample.datasetRows) yield sample
  else {
    for await (const chunk of source.chunks({ signal: options.signal })) {
      const hashes = new Uint32Array(chunk.rows)
      for (let row = 0; row < chunk.rows; row++) {
        hashes[row] = rowHash(options.seed, chunk.file, chunk.firstRow + row)
      }
      yield { hashes, columns: chunk.columns }
    }
  }
}

function tallyRows(tallies: Tallies, plan: Plan, { hashes, columns }: HashedRows): void {
  const { whole, clustered, random, counters, cellsOfRows } = tallies
  const chunkBins = counters.map((counter, f) => counter.count(columns[f]))
  const nowhere = new Int32Array(hashes.length)
  addRows(whole, nowhere)
  chunkBins.forEach((chunk, f) => addFeature(whole, f, { ...chunk, partitionOf: nowhere }))
  const addCoarse = (target: PartitionCounts, partitionOf: Int32Array) => {
    addRows(target, partitionOf)
    chunkBins.forEach((chunk, f) => addFeature(target, f, { ...chunk, partitionOf, binMap: plan.coarse[f].coarseOf }))
  }
  if (plan.cells) {
    const cells = assignCells(plan.cells, chunkBins, hashes.length)
    addCoarse(clustered, cells)
    cellsOfRows?.push(cells)
  }
  if (plan.randomPartitions > 0)
    addCoarse(
      random,
      Int32Array.from(hashes, hash => hash % plan.randomPartitions),
    )
}

/** @returns the cell that each cell's rows are in at the end, shape (cells) */
function mergeSmallCells(counts: PartitionCounts, cells: CellModel, leastRows: number): Int32Array {
  const into = Int32Array.from(counts.rows.keys())
  for (;;) {
    const alive = Array.from(counts.rows.keys()).filter(cell => counts.rows[cell] > 0)
    const small = alive.filter(cell => counts.rows[cell] < leastRows)
    if (small.length === 0 || alive.length === 1) return into
    const smallest = small.reduce((least, cell) => (counts.rows[cell] < counts.rows[least] ? cell : least))
    const others = alive.filter(cell => cell !== smallest)
    const nearest = nearestCell(cells, smallest, others)
    mergePartition(counts, smallest, nearest)
    into.forEach((cell, from) => {
      if (cell === smallest) into[from] = nearest
    })
  }
}

/** Each row's place among the cells that have rows at the end, shape (rows). */
function rowsInKeptCells(cellsOfRows: readonly Int32Array[], into: Int32Array): Int32Array {
  const filled = new Set<number>()
  for (const chunk of cellsOfRows) for (const cell of chunk) filled.add(into[cell])
  const kept = [...filled].sort((a, b) => a - b)
  const placeOf = into.map(cell => kept.indexOf(cell))
  const rows = new Int32Array(cellsOfRows.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of cellsOfRows) for (const cell of chunk) rows[at++] = placeOf[cell]
  return rows
}
