import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  estimatedJaccard,
  jensenShannon,
  kullbackLeibler,
  maximumMeanDiscrepancy,
  POOLED_BINS,
} from '../src/divergence/index.ts'
import { bestOf } from './best-of.ts'
import type { HarTable } from './har-tables.ts'
import { indexOf, PAPER, pooledRows, pooledSketch } from './pooled-lsh.ts'
import { runPeer } from './run-peer.ts'

const ROUNDS = 3
/** Every so many tables are queries: an exact MMD of all pairs would take the peer an hour. */
const EVERY = 12

/** Milliseconds per query of all tables. */
export interface MeasureLatency {
  readonly measure: string
  readonly ours: number
  readonly peer: number
  readonly peerHow: string
}

interface PeerLatencies {
  readonly peer: string
  readonly jaccard: number
  readonly kl: number
  readonly js: number
  readonly mmd: number
}

export interface LatencyTable {
  readonly peer: string
  readonly queries: number
  readonly rows: readonly MeasureLatency[]
}

/** The measures of the paper's Table 1 from stored sketches, beside Python libraries on the same tables. */
export function measureLatencies(tables: readonly HarTable[]): LatencyTable {
  const queries = tables.map((_, t) => t).filter(t => t % EVERY === 0)
  const pooled = tables.map(({ paper }) => Float64Array.from(pooledSketch(paper).block.values))
  const entries = tables.map(({ paper }) => pooledSketch(paper))
  const index = indexOf(entries, PAPER)
  const ms = (work: (query: number) => unknown) =>
    (1000 * bestOf(ROUNDS, () => queries.forEach(query => work(query)))[0]) / queries.length
  const overTables = (measure: (source: number, query: number) => number) =>
    ms(query => tables.map((_, source) => measure(source, query)))
  const features = tables[0].paper.features.map((_, f) => f)
  const signature = (table: number, f: number) => tables[table].paper.features[f].signature
  const jaccard = (source: number, query: number) =>
    features.reduce((sum, f) => sum + estimatedJaccard(signature(source, f), signature(query, f)), 0) / features.length
  const mean = (table: number) => tables[table].joint.referenceMean!.mean
  const peer = peerLatencies(tables, queries)
  const row = (measure: string, ours: number, theirs: number, peerHow: string) => {
    return { measure, ours, peer: theirs, peerHow }
  }
  return {
    peer: peer.peer,
    queries: queries.length,
    rows: [
      row('Jaccard', overTables(jaccard), peer.jaccard, 'datasketch MinHash.jaccard, 81 stored signatures a table'),
      row(
        'KL',
        overTables((p, q) => kullbackLeibler(pooled[q], pooled[p])),
        peer.kl,
        'scipy.stats.entropy, stored',
      ),
      row(
        'JS',
        overTables((p, q) => jensenShannon(pooled[p], pooled[q])),
        peer.js,
        'scipy jensenshannon, stored',
      ),
      row(
        'MMD',
        overTables((p, q) => maximumMeanDiscrepancy(mean(p), mean(q))),
        peer.mmd,
        'NumPy, exact RBF kernel over all pairs of rows; ours only estimates it, from stored Fourier means',
      ),
      row(
        'JS within .1, JS-LSH',
        ms(query => index.query(entries[query])),
        peer.js,
        'scipy jensenshannon, stored',
      ),
    ],
  }
}

function peerLatencies(tables: readonly HarTable[], queries: readonly number[]): PeerLatencies {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-latency-'))
  try {
    const about = tables.map(({ id, rows, features, values }) => {
      writeFileSync(join(scratch, id), new Uint8Array(values.buffer as ArrayBuffer))
      return { file: join(scratch, id), rows, features }
    })
    const histograms = tables.map(table => Array.from(pooledRows(table, POOLED_BINS)))
    const task = join(scratch, 'task.json')
    writeFileSync(task, JSON.stringify({ tables: about, histograms, queries, rounds: ROUNDS }))
    return runPeer<PeerLatencies>('latencies.py', [task])
  } finally {
    rmSync(scratch, { recursive: true })
  }
}
