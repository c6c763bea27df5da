import { POOLED_BINS, jensenShannon, pairwiseJensenShannon, pooledPartitions } from '../src/divergence/index.ts'
import {
  candidateProbability,
  jsLshIndex,
  pStableHashes,
  rootDimensions,
  type JointHistogram,
  type JsLshIndex,
  type PStableParameters,
} from '../src/retrieval/index.ts'
import type { Sketch } from '../src/sketch/index.ts'
import { bestOf } from './best-of.ts'
import type { HarTable } from './har-tables.ts'

/** The paper's ground truth: nats. */
export const THRESHOLD = 0.1
/** The paper's settings of Fig. 3. */
export const PAPER: PStableParameters = { shape: { bands: 46, values: 11 }, width: 1.3 }
const ALL = Uint32Array.of(0)
const ROUNDS = 5
/** The paper's way recomputes histograms for every pair: every twelfth query is enough. */
const EVERY = 12

/** A pooled histogram as the single feature of a dataset. */
export function pooled(values: ArrayLike<number>): JointHistogram {
  const offsets = Uint32Array.of(0, values.length)
  return {
    block: { partitions: 1, offsets, values: Float32Array.from(values), rows: Float64Array.of(1) },
    features: ALL,
  }
}

/** The pooled histogram of a stored sketch over all its features. */
export function pooledSketch({ partitions: [whole] }: Sketch): JointHistogram {
  const sums = new Float64Array(POOLED_BINS)
  let total = 0
  for (const counts of whole.counts) {
    for (let bin = 0; bin < POOLED_BINS; bin++) sums[bin] += counts[bin]
  }
  for (const sum of sums) total += sum
  return pooled(sums.map(sum => sum / total))
}

/** The pooled histogram of a table's rows. */
export function pooledRows(table: HarTable, bins: number): Float64Array {
  const order = Uint32Array.from({ length: table.rows }, (_, row) => row)
  return pooledPartitions(table, { order, partitionRows: table.rows, scale: 'table', bins })[0]
}

/** Divergences of all pairs, shape (tables × tables). */
export function allDivergences(tables: readonly JointHistogram[]): Float64Array {
  const values = new Float32Array(tables.flatMap(({ block }) => Array.from(block.values)))
  const block = { ...tables[0].block, partitions: tables.length, values, rows: new Float64Array(tables.length) }
  return pairwiseJensenShannon(block, block, ALL)
}

export function indexOf(
  tables: readonly JointHistogram[],
  parameters: PStableParameters,
  { seed = 0, probes = 0 } = {},
): JsLshIndex<number> {
  const hashes = pStableHashes({ dimensions: rootDimensions(tables[0].block), ...parameters, seed })
  const index = jsLshIndex<number>(hashes, { threshold: THRESHOLD, probes })
  tables.forEach((table, key) => index.insert(key, table))
  return index
}

/** What an index finds of what is there, without the query itself. */
export interface LshQuality {
  readonly recall: number
  /** Of the candidates before their verification. */
  readonly candidatePrecision: number
  /** Of what is found, by divergences computed another way. */
  readonly precision: number
  /** Candidates compared per query, as a share of all. */
  readonly compared: number
  readonly msPerQuery: number
  /** What the collision formula gives for the true pairs. */
  readonly predictedRecall: number
}

/** Quality of an index over the tables, each of which is a query once: means over seeds of the hashes. */
export function lshQuality(
  tables: readonly JointHistogram[],
  parameters: PStableParameters,
  { seeds = 5, probes = 0 } = {},
): LshQuality {
  const n = tables.length
  const js = allDivergences(tables)
  let [met, truths, candidates, found, trueFound, seconds, predicted] = [0, 0, 0, 0, 0, 0, 0]
  for (let seed = 0; seed < seeds; seed++) {
    const index = indexOf(tables, parameters, { seed, probes })
    const [spent, answers] = bestOf(2, () => tables.map(table => index.query(table)))
    seconds += spent
    answers.forEach((answer, query) => {
      found += answer.found.length
      trueFound += answer.found.filter(({ key }) => js[query * n + key] <= THRESHOLD).length
    })
    tables.forEach((table, query) => {
      const others = index.candidates(table).filter(key => key !== query)
      candidates += others.length
      met += others.filter(key => js[query * n + key] <= THRESHOLD).length
    })
  }
  for (let pair = 0; pair < js.length; pair++) {
    const [p, q] = [Math.floor(pair / n), pair % n]
    if (p === q || js[pair] > THRESHOLD) continue
    truths++
    predicted += candidateProbability(rootDistance(tables[p], tables[q]), parameters)
  }
  return {
    recall: met / truths / seeds,
    candidatePrecision: met / candidates,
    precision: trueFound / found,
    compared: candidates / seeds / n / (n - 1),
    msPerQuery: (1000 * seconds) / seeds / n,
    predictedRecall: predicted / truths,
  }
}

function rootDistance({ block: p }: JointHistogram, { block: q }: JointHistogram): number {
  let square = 0
  for (let b = 0; b < p.values.length; b++) square += (Math.sqrt(p.values[b]) - Math.sqrt(q.values[b])) ** 2
  return Math.sqrt(square)
}

/** Milliseconds per query, one way of doing it each. */
export interface QueryLatencies {
  readonly pairwiseStored: number
  readonly pairwisePooled: number
  readonly lshAtQueryTime: number
  readonly lshPrecomputed: number
  readonly lshUnverified: number
  readonly pairwiseRows: number
  readonly lshRowsAtQueryTime: number
  readonly lshRowsPrecomputed: number
}

/** Every table a query against all of them, from stored sketches; and every twelfth from rows, as the paper's code does. */
export function queryLatencies(tables: readonly HarTable[]): QueryLatencies {
  const stored = tables.map(({ paper }) => pooledSketch(paper))
  const index = indexOf(stored, PAPER)
  const hashes = pStableHashes({ dimensions: rootDimensions(stored[0].block), ...PAPER, seed: 0 })
  const js = ({ block: p }: JointHistogram, { block: q }: JointHistogram) => pairwiseJensenShannon(p, q, ALL)[0]
  const freshIndex = (entries: readonly JointHistogram[]) => {
    const fresh = jsLshIndex<number>(hashes, { threshold: THRESHOLD })
    entries.forEach((entry, key) => fresh.insert(key, entry))
    return fresh
  }
  const all = (work: (table: HarTable) => unknown) =>
    (1000 * bestOf(ROUNDS, () => tables.forEach(work))[0]) / tables.length
  const some = tables.filter((_, t) => t % EVERY === 0)
  const once = (work: (table: HarTable) => unknown) => (1000 * bestOf(1, () => some.forEach(work))[0]) / some.length
  const rows = (table: HarTable) => pooledRows(table, POOLED_BINS)
  const block = { ...stored[0].block, partitions: tables.length, rows: new Float64Array(tables.length) }
  const values = new Float32Array(stored.flatMap(one => Array.from(one.block.values)))
  return {
    pairwiseStored: all(({ paper }) => {
      const query = pooledSketch(paper)
      return tables.map(source => js(pooledSketch(source.paper), query))
    }),
    pairwisePooled: all(({ paper }) => pairwiseJensenShannon({ ...block, values }, pooledSketch(paper).block, ALL)),
    lshAtQueryTime: all(({ paper }) =>
      freshIndex(tables.map(source => pooledSketch(source.paper))).query(pooledSketch(paper)),
    ),
    lshPrecomputed: all(({ paper }) => index.query(pooledSketch(paper))),
    lshUnverified: all(({ paper }) => index.candidates(pooledSketch(paper))),
    pairwiseRows: once(query => tables.map(source => jensenShannon(rows(source), rows(query)))),
    lshRowsAtQueryTime: once(query =>
      freshIndex(tables.map(source => pooled(rows(source)))).query(pooled(rows(query))),
    ),
    lshRowsPrecomputed: once(query => index.query(pooled(rows(query)))),
  }
}
