import { adaptivity, pairwiseJensenShannon, pooledPartitions, type PartitionBlock } from '../src/divergence/index.ts'
import {
  joinPartitions,
  jsLshParameters,
  pStableHashes,
  rootPlaces,
  type JoinOptions,
  type Side,
} from '../src/retrieval/index.ts'
import { seededRandom } from '../src/common/random.ts'
import { bestOf } from './best-of.ts'
import type { HarTable } from './har-tables.ts'

/** Rows of a partition; the paper's is 500. */
const SIZES = [50, 100, 200, 500, 1000]
/** Nats, the middle one of those the paper reports adaptivity for. */
const THRESHOLD = 0.005
const BINS = 100
const EVERY = 4
const ROUNDS = 3
const ALL = Uint32Array.of(0)

/** Fig. 5 at one partition size: milliseconds per query against all tables, and what adaptivity came to. */
export interface AdaptivityLatency {
  readonly partitionRows: number
  readonly partitions: number
  readonly exact: number
  readonly exactOverJs: number
  readonly lsh: number
  readonly lshOverJs: number
  readonly lshStored: number
  readonly lshStoredOverJs: number
  readonly meanExact: number
  readonly meanVerified: number
  readonly meanEstimated: number
}

/** Adaptivity beside JS of the whole, in the pooled space, from stored histograms; all three ways of computing each. */
export function adaptivityLatencies(tables: readonly HarTable[]): AdaptivityLatency[] {
  const { shape, width } = jsLshParameters({ threshold: THRESHOLD, recall: 0.9 })
  const hashes = pStableHashes({ dimensions: BINS + 2, shape, width, seed: 2 })
  const options: JoinOptions = { features: ALL, hashes, threshold: THRESHOLD }
  const wholes = waysFor(
    tables.map(table => partitionsOf(table, table.rows)),
    options,
  )
  return SIZES.map(partitionRows => {
    const blocks = tables.map(table => partitionsOf(table, partitionRows))
    const ways = waysFor(blocks, options)
    const joins = queriesOf(tables).flatMap(q => blocks.map(block => ({ block, target: blocks[q] })))
    const mean = (of: (pair: (typeof joins)[number]) => number) =>
      joins.reduce((sum, pair) => sum + of(pair), 0) / joins.length
    const join = ({ block, target }: (typeof joins)[number]) => joinPartitions(block, target, options)
    return {
      partitionRows,
      partitions: blocks.reduce((sum, { partitions }) => sum + partitions, 0) / blocks.length,
      exact: ways.exact,
      exactOverJs: ways.exact / wholes.exact,
      lsh: ways.lsh,
      lshOverJs: ways.lsh / wholes.lsh,
      lshStored: ways.lshStored,
      lshStoredOverJs: ways.lshStored / wholes.lshStored,
      meanExact: mean(({ block, target }) =>
        adaptivity(pairwiseJensenShannon(block, target, ALL), target.partitions, THRESHOLD),
      ),
      meanVerified: mean(pair => join(pair).adaptivity),
      meanEstimated: mean(pair => join(pair).estimatedAdaptivity),
    }
  })
}

function queriesOf(tables: readonly HarTable[]): number[] {
  return tables.map((_, t) => t).filter(t => t % EVERY === 0)
}

/** Milliseconds per query against all blocks. */
function waysFor(blocks: readonly PartitionBlock[], options: JoinOptions) {
  const queries = blocks.map((_, b) => b).filter(b => b % EVERY === 0)
  const ms = (work: (source: number, target: number) => unknown) =>
    (1000 * bestOf(ROUNDS, () => queries.forEach(target => blocks.forEach((_, source) => work(source, target))))[0]) /
    queries.length
  const stored = blocks.map(block =>
    Array.from({ length: block.partitions }, (_, partition) =>
      rootPlaces(options.hashes, block, { partition, features: ALL, side: 'source' }),
    ),
  )
  const kept = (source: number, target: number) => (side: Side, partition: number) =>
    stored[side === 'source' ? source : target][partition]
  return {
    exact: ms((source, target) => pairwiseJensenShannon(blocks[source], blocks[target], ALL)),
    lsh: ms((source, target) => joinPartitions(blocks[source], blocks[target], options)),
    lshStored: ms((source, target) =>
      joinPartitions(blocks[source], blocks[target], { ...options, placesOf: kept(source, target) }),
    ),
  }
}

/** A table's partitions as a block of one pooled feature, rows shuffled by a seed. */
function partitionsOf(table: HarTable, partitionRows: number): PartitionBlock {
  const random = seededRandom(1)
  const order = Uint32Array.from({ length: table.rows }, (_, row) => row)
  for (let last = table.rows - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[order[last], order[other]] = [order[other], order[last]]
  }
  const histograms = pooledPartitions(table, { order, partitionRows, scale: 'table', bins: BINS })
  return {
    partitions: histograms.length,
    offsets: Uint32Array.of(0, BINS),
    values: Float32Array.from(histograms.flatMap(one => Array.from(one))),
    rows: new Float64Array(histograms.length),
  }
}
