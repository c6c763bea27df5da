import { seededRandom } from '../src/common/random.ts'
import { jensenShannonOfRows, jointRows } from '../src/divergence/joint-rows.ts'
import type { PartitionBlock } from '../src/divergence/index.ts'
import {
  featureProjections,
  joinPartitions,
  jsLshIndex,
  jsLshParameters,
  pStableHashes,
  rootDimensions,
  summedPlaces,
  type JoinOptions,
} from '../src/retrieval/index.ts'
import { blockColumns, datasetBlocks, EMPTY_DOMAIN, foundSlots } from '../src/sketch/index.ts'
import { bestOf } from './best-of.ts'
import type { HarTable } from './har-tables.ts'

/** Nats, in the joint space. */
export const JOINT_THRESHOLD = 0.1
const SHARES = [0.1, 0.5, 0.9, 1]
const ROUNDS = 1
/** Every so many tables are queries. */
const EVERY = 4
export const JOINT_PARAMETERS = { threshold: JOINT_THRESHOLD, recall: 0.9, mostHashes: 256 }

/** One way to live with an overlap that only the query tells. */
export interface OverlapWay {
  readonly way: string
  readonly share: number
  readonly features: number
  readonly msPerQuery: number
  readonly recall: number
  /** Share of the stored datasets that were compared exactly. */
  readonly compared: number
}

/** The whole datasets in the joint space of one domain, one partition each. */
export function jointBlock(tables: readonly HarTable[]): PartitionBlock {
  const slots = Int32Array.from({ length: tables[0].features }, (_, f) => f)
  const members = tables.map(({ joint }) => ({ sketch: joint, slotOf: slots }))
  const domain = foundSlots(EMPTY_DOMAIN, slots, members)
  const columns = blockColumns(domain, slots)
  const blocks = members.map(({ sketch, slotOf }) => datasetBlocks(sketch, slotOf, domain, columns).whole)
  const width = columns.offsets[slots.length]
  const values = new Float32Array(width * blocks.length)
  blocks.forEach((block, row) => values.set(block.values, row * width))
  return { ...blocks[0], partitions: blocks.length, values, rows: new Float64Array(blocks.length).fill(1) }
}

/** Every fourth table a query with a share of the features, answered in each way. */
export function dynamicOverlap(block: PartitionBlock): OverlapWay[] {
  const all = Uint32Array.from({ length: block.offsets.length - 1 }, (_, f) => f)
  const { shape, width } = jsLshParameters(JOINT_PARAMETERS)
  const hashes = pStableHashes({ dimensions: rootDimensions(block), shape, width, seed: 1 })
  const kept = featureProjections(hashes, block)
  const rows = Array.from({ length: block.partitions }, (_, row) => rowOf(block, row))
  const queries = rows.filter((_, row) => row % EVERY === 0)
  const keptOf = queries.map(query => featureProjections(hashes, query))
  const index = jsLshIndex<number>(hashes, { threshold: JOINT_THRESHOLD })
  rows.forEach((query, key) => index.insert(key, { block: query, features: all }))
  return SHARES.flatMap(share => {
    const features = subset(all, share)
    const options: JoinOptions = { features, hashes, threshold: JOINT_THRESHOLD }
    const exact = (query: PartitionBlock) => {
      const [q] = jointRows(query, features)
      return jointRows(block, features).filter(p => jensenShannonOfRows(p, q) <= JOINT_THRESHOLD).length
    }
    const ways: Record<string, (query: PartitionBlock, q: number) => { found: number; compared: number }> = {
      exact: query => ({ found: exact(query), compared: block.partitions }),
      '(a) signatures at query time': query => counted(joinPartitions(block, query, options)),
      '(b) precomputed for all features': query => counted(index.query({ block: query, features })),
      '(c) per-feature projections summed': (query, q) =>
        counted(
          joinPartitions(block, query, {
            ...options,
            placesOf: (side, partition) =>
              summedPlaces(hashes, side === 'source' ? kept : keptOf[q], { partition, features, side }),
          }),
        ),
    }
    const masked = queries.map(query => withFeatures(query, features))
    const truths = masked.reduce((sum, query) => sum + exact(query), 0)
    return Object.entries(ways).map(([way, ask]) => {
      const [seconds, answers] = bestOf(ROUNDS, () => masked.map(ask))
      const sum = (of: 'found' | 'compared') => answers.reduce((total, answer) => total + answer[of], 0)
      const n = masked.length
      const compared = sum('compared') / n / block.partitions
      return {
        way,
        share,
        features: features.length,
        msPerQuery: (1000 * seconds) / n,
        recall: sum('found') / truths,
        compared,
      }
    })
  })
}

/** Bytes of what each way stores for one dataset. */
export function storedBytes(block: PartitionBlock): {
  readonly roots: number
  readonly signatures: number
  readonly projections: number
} {
  const { shape } = jsLshParameters(JOINT_PARAMETERS)
  const hashes = shape.bands * shape.values
  const features = block.offsets.length - 1
  return { roots: 4 * block.offsets[features], signatures: 4 * hashes, projections: 4 * hashes * features }
}

function counted(answer: { found?: readonly unknown[]; matches?: readonly unknown[]; work: { compared: number } }) {
  return { found: (answer.found ?? answer.matches ?? []).length, compared: answer.work.compared }
}

function rowOf(block: PartitionBlock, row: number): PartitionBlock {
  const width = block.offsets[block.offsets.length - 1]
  return {
    ...block,
    partitions: 1,
    values: block.values.slice(row * width, (row + 1) * width),
    rows: Float64Array.of(1),
  }
}

function withFeatures(query: PartitionBlock, features: Uint32Array): PartitionBlock {
  const values = new Float32Array(query.values.length)
  for (const f of features) {
    const [from, to] = [query.offsets[f], query.offsets[f + 1]]
    values.set(query.values.subarray(from, to), from)
  }
  return { ...query, values }
}

function subset(all: Uint32Array, share: number): Uint32Array {
  const random = seededRandom(5)
  const drawn = Array.from(all, feature => ({ feature, draw: random() })).sort((a, b) => a.draw - b.draw)
  return Uint32Array.from(drawn.slice(0, Math.round(share * all.length)), ({ feature }) => feature).sort()
}
