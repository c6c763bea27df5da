import { ModelHubError, throwIfCancelled } from '../common/modelhub-error.ts'
import type { Column, ColumnSource } from '../dataset/column-chunk.ts'
import { assignCells, cellsFor, fitCells, nearestCell, type CellModel } from './clustered-cells.ts'
import { coarsenBins, type CoarseBins } from './coarse-bins.ts'
import { binCount, type FeatureBins } from './feature-bins.ts'
import { featureCounter, type ChunkBins, type FeatureCounter } from './feature-counter.ts'
import { probabilityMinHash } from './min-hash.ts'
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
import { binsOfSample, partitionBins } from './sample-bins.ts'
import type { Sketch } from './sketch.ts'
import type { ResolvedSketchOptions } from './sketch-options.ts'

/** Rows that edges and cells are taken from. */
export const SAMPLE_ROWS = 200_000
/** A cell of fewer rows joins its nearest. */
export const MIN_CELL_ROWS = 30
const ROWS_PER_RANDOM_PARTITION = 100
const MAX_RANDOM_PARTITIONS = 16

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
  readonly referenceMean: ReferenceMeanCounter | undefined
}

/** The `default` profile: own equi-depth bins, clustered and random partitions, P-MinHash signatures. */
export async function makeDefaultSketch(source: ColumnSource, options: ResolvedSketchOptions): Promise<Sketch> {
  const sample = await sampleRows(source, SAMPLE_ROWS, options)
  if (sample.datasetRows === 0) throw new ModelHubError('EMPTY_DATASET', 'dataset: expected rows, got none')
  const plan = makePlan(source, sample, options)
  const tallies = await tally(source, sample, plan, options)
  if (plan.cells) mergeSmallCells(tallies.clustered, plan.cells)
  const features = source.features.map((feature, f) => ({
    ...feature,
    bins: plan.bins[f],
    coarseBins: plan.coarse[f].bins,
    signature: probabilityMinHash(tallies.counters[f].elements(), options.seed),
  }))
  return {
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
}

/** Number of random partitions: clamp(round(N / 100), 1, 16). */
function randomPartitionsFor(rows: number): number {
  return Math.min(MAX_RANDOM_PARTITIONS, Math.max(1, Math.round(rows / ROWS_PER_RANDOM_PARTITION)))
}

function makePlan(source: ColumnSource, sample: RowSample, options: ResolvedSketchOptions): Plan {
  const bins = binsOfSample(source.features, sample.columns, sample.rows)
  const chunkBins = source.features.map((feature, f) => featureCounter(feature, bins[f]).count(sample.columns[f]))
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
    counters: source.features.map((feature, f) => featureCounter(feature, plan.bins[f])),
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

function tallyRows({ whole, clustered, random, counters }: Tallies, plan: Plan, { hashes, columns }: HashedRows): void {
  const chunkBins = counters.map((counter, f) => counter.count(columns[f]))
  const nowhere = new Int32Array(hashes.length)
  addRows(whole, nowhere)
  chunkBins.forEach((chunk, f) => addFeature(whole, f, { ...chunk, partitionOf: nowhere }))
  const addCoarse = (target: PartitionCounts, partitionOf: Int32Array) => {
    addRows(target, partitionOf)
    chunkBins.forEach((chunk, f) => addFeature(target, f, { ...chunk, partitionOf, binMap: plan.coarse[f].coarseOf }))
  }
  if (plan.cells) addCoarse(clustered, assignCells(plan.cells, chunkBins, hashes.length))
  if (plan.randomPartitions > 0)
    addCoarse(
      random,
      Int32Array.from(hashes, hash => hash % plan.randomPartitions),
    )
}

function mergeSmallCells(counts: PartitionCounts, cells: CellModel): void {
  for (;;) {
    const alive = Array.from(counts.rows.keys()).filter(cell => counts.rows[cell] > 0)
    const small = alive.filter(cell => counts.rows[cell] < MIN_CELL_ROWS)
    if (small.length === 0 || alive.length === 1) return
    const smallest = small.reduce((least, cell) => (counts.rows[cell] < counts.rows[least] ? cell : least))
    const others = alive.filter(cell => cell !== smallest)
    mergePartition(counts, smallest, nearestCell(cells, smallest, others))
  }
}
