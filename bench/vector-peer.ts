/**
 * How does the masked block compare with a library for nearest vectors that a user might pick instead?
 *
 *   tsx bench/vector-peer.ts 20000
 */
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jensenShannonOfRows, jointRows, type JointRow } from '../src/divergence/joint-rows.ts'
import { maskedSearch } from '../src/retrieval/index.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult } from './record-result.ts'
import { runPeer } from './run-peer.ts'
import { sharedFolder } from './shared-folder.ts'
import { allFeatures, buildIndex, openIndex, type SimulatedIndex } from './simulated-index.ts'
import { simulatedHub, type SimulatedHub } from './simulated-hub.ts'

const SEED = 1
const BINS = 31
const TOP = 10
const TARGETS = Number(process.env.TARGETS ?? 100)
const WARM_UP = 10
const SHARES = [0.1, 0.5, 0.9, 1]
const EFFORTS = [10, 20, 50, 200, undefined]

/** The answers of one engine at one setting, by share of the columns. */
interface Engine {
  readonly name: string
  readonly effort: number | null
  readonly buildSeconds: number
  /** Of memory, a model. */
  readonly bytes: number
  readonly answers: readonly { readonly ms: number; readonly found: readonly (readonly number[])[] }[]
}

interface Peer {
  readonly peer: string
  readonly results: readonly Engine[]
}

const startedAt = performance.now()
const models = Number(process.argv[2] ?? 20_000)
const scratch = mkdtempSync(join(process.env.SCRATCH ?? tmpdir(), 'bench-vectors-'))

try {
  const hub = await simulatedHub(sharedFolder(), { seed: SEED, bins: BINS })
  const folder = join(scratch, 'index')
  mkdirSync(folder)
  const { buildMs } = await buildIndex(hub, folder, models)
  const index = openIndex(hub, folder, models)
  await index.block.rows.settle()
  const targets = Array.from({ length: TARGETS + WARM_UP }, (_, i) => hub.target(i, models))
  const ours = EFFORTS.map((effort): Engine => ({
    name: 'masked block',
    effort: effort ?? null,
    buildSeconds: buildMs / 1000,
    bytes: index.block.residentBytes / models,
    answers: SHARES.map(share => ask(hub, index, targets, { effort, share })),
  }))
  index.close()
  const peer = runPeer<Peer>('vectors.py', vectorFiles(hub, targets.slice(WARM_UP)))
  const truth = ours[ours.length - 1].answers.map(({ found }) => found)
  const engines = [...ours, ...peer.results]
  const recalls = engines.map(({ answers }) => answers.map(({ found }, i) => recall(found, truth[i])))
  const best = bestPeer(engines, recalls)
  recordResult({
    name: 'vector-peer',
    question: 'How does the masked block compare with libraries for nearest vectors?',
    command: `npm run bench:vector-peer -- ${models}`,
    startedAt,
    bars: SHARES.map((share, i) => ({
      name: `recall@10 with ${100 * share} % of the columns, over the best of a graph`,
      value: 1 / Math.max(...best.map(at => recalls[at][i])),
      bar: 1,
      must: 'atLeast' as const,
    })),
    markdown: [
      `${models.toLocaleString('en')} simulated models, 81 features of 32 bins: √P of ${hub.offsets[81].toLocaleString('en')} dimensions; ${TARGETS} targets, top ${TOP}; one thread each, a process of its own, median wall ms a query. Peer: ${peer.peer}. The truth is the exact order by JS; without an effort the masked block gives just that.`,
      'A target with a share of the columns is a vector that is 0 elsewhere: the inner product is then what the shared columns give, but the graph was built for whole vectors.',
      markdownTable(
        [
          'engine',
          'effort',
          'build s',
          'bytes a model',
          ...SHARES.flatMap(share => [`recall@10, ${100 * share} %`, 'ms']),
        ],
        engines.map(({ name, effort, buildSeconds, bytes, answers }, e) => [
          name,
          effort === null ? '–' : String(effort),
          buildSeconds.toFixed(1),
          bytes.toFixed(0),
          ...answers.flatMap(({ ms }, i) => [recalls[e][i].toFixed(3), ms.toFixed(2)]),
        ]),
      ),
    ].join('\n\n'),
    figures: engines.map(({ answers, ...engine }, e) => ({
      ...engine,
      byShare: answers.map(({ ms }, i) => ({ share: SHARES[i], ms, recall: recalls[e][i] })),
    })),
  })
} finally {
  rmSync(scratch, { recursive: true })
}

/** Graphs of the peers. */
function bestPeer(engines: readonly Engine[], recalls: readonly (readonly number[])[]): number[] {
  return recalls.flatMap((_, at) => (/HNSW|usearch/.test(engines[at].name) ? [at] : []))
}

function featuresOf(hub: SimulatedHub, share: number): Uint32Array {
  return allFeatures(hub).filter(f => Math.floor((f + 1) * share) > Math.floor(f * share))
}

function masked({ offsets }: SimulatedHub, values: Float32Array, features: Uint32Array): Float32Array {
  const kept = new Float32Array(values.length)
  for (const f of features) kept.set(values.subarray(offsets[f], offsets[f + 1]), offsets[f])
  return kept
}

function ask(
  hub: SimulatedHub,
  index: SimulatedIndex,
  targets: readonly Float32Array[],
  { effort, share }: { readonly effort?: number; readonly share: number },
): Engine['answers'][number] {
  const features = featuresOf(hub, share)
  const { offsets } = hub
  const rowOf = (values: Float32Array): JointRow =>
    jointRows({ partitions: 1, offsets, values, rows: Float64Array.of(1) }, features)[0]
  const timed = targets.map(target => {
    const values = masked(hub, target, features)
    const started = performance.now()
    const query = rowOf(values)
    const { found } = maskedSearch(
      index.block,
      { values, features },
      {
        most: TOP,
        effort,
        fineCodes: index.fineCodes,
        divergence: model => jensenShannonOfRows(rowOf(index.exact(model)), query),
      },
    )
    return { ms: performance.now() - started, found: found.slice(0, TOP).map(({ key }) => index.ids[key]) }
  })
  const kept = timed.slice(WARM_UP)
  const sorted = kept.map(({ ms }) => ms).sort((a, b) => a - b)
  return { ms: sorted[Math.floor(sorted.length / 2)], found: kept.map(({ found }) => found) }
}

function recall(found: Engine['answers'][number]['found'], truth: Engine['answers'][number]['found']): number {
  const shares = truth.map((wanted, i) => wanted.filter(id => found[i].includes(id)).length / wanted.length)
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

/** Writes √P of all models and √Q of the targets with each share of the columns; gives the peer's arguments. */
function vectorFiles(hub: SimulatedHub, targets: readonly Float32Array[]): string[] {
  const rootsOf = (values: Float32Array, features: number) =>
    new Uint8Array(values.map(p => Math.sqrt(p / features)).buffer as ArrayBuffer)
  const path = join(scratch, 'vectors')
  const file = openSync(path, 'w')
  for (let model = 0; model < models; model++) writeSync(file, rootsOf(hub.model(model), hub.offsets.length - 1))
  closeSync(file)
  const queries = SHARES.map(share => {
    const features = featuresOf(hub, share)
    const name = join(scratch, `queries-${share}`)
    const rows = targets.map(target => rootsOf(masked(hub, target, features), features.length))
    writeFileSync(name, Buffer.concat(rows))
    return name
  })
  return [path, String(hub.offsets[hub.offsets.length - 1]), ...queries]
}
