/**
 * How does the masked block engine grow with the hub, from a thousand simulated models on?
 *
 *   tsx bench/scale.ts 1000 10000 100000
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jensenShannonOfRows, jointRows, type JointRow } from '../src/divergence/joint-rows.ts'
import { COARSE_BINS, maskedSearch, type MaskedRetrieval } from '../src/retrieval/index.ts'
import { lshCost } from './lsh-growth.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult, shortNumber, type Bar } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'
import { allFeatures, buildIndex, openIndex, processorMs, type SimulatedIndex } from './simulated-index.ts'
import { simulatedHub, type SimulatedHub } from './simulated-hub.ts'

const SEED = 1
const BINS = 31
const TOP = 10
const TARGETS = 40
const WARM_UP = 5
/** Targets whose answer is checked against a scan of every model's exact histograms. */
const SCANNED = 2
const MOST_SCANNED = 100_000
/** Targets that are asked for again with a share of their columns. */
const MASKED_TARGETS = 15
/** Largest hub whose JS-LSH tables are made: about a millisecond a model. */
const MOST_HASHED = 100_000
const SHARES = [0.1, 0.5, 0.9, 1]
/** Most models whose fine codes a search with limited effort looks at. */
const EFFORT = 1000

/** Times of one query. */
interface Timed {
  readonly wallMs: number
  readonly processorMs: number
  readonly answer: MaskedRetrieval
}

const startedAt = performance.now()
const sizes = process.argv.slice(2).map(Number)
const shared = sharedFolder()
const scratch = mkdtempSync(join(process.env.SCRATCH ?? tmpdir(), 'bench-scale-'))

try {
  const hub = await simulatedHub(shared, { seed: SEED, bins: BINS })
  const measured: Measured[] = []
  for (const models of sizes) measured.push(await measure(hub, models))
  recordResult({
    name: sizes.includes(1_000_000) ? 'scale-million' : 'scale',
    question: `How does the masked block grow with the hub (81 features of 32 bins, ${COARSE_BINS} of each in memory)?`,
    command: `npm run bench:scale -- ${sizes.join(' ')}`,
    startedAt,
    bars: [...measured.flatMap(barsOf), ...growthBars(measured)],
    markdown: [
      `Top ${TOP} by JS of whole datasets, ${TARGETS} targets. Processor time is that of the one thread a search takes; the wall's is that of a shared machine.`,
      table(measured),
      'Models left by each bound, mean share of those that share features:',
      sharesTable(measured),
      'Targets with a share of the columns, p50 in processor ms:',
      overlapTable(measured),
      'JS-LSH, tuned for each hub as `index tune` does (recall .95 of the ten nearest), every candidate verified; the growth is the logarithm of the ratio of candidates over that of models, 1 where they grow as the hub does:',
      lshTable(measured),
    ].join('\n\n'),
    figures: measured,
  })
} finally {
  rmSync(scratch, { recursive: true })
}

async function measure(hub: SimulatedHub, models: number) {
  const folder = join(scratch, String(models))
  mkdirSync(folder)
  const build = await buildIndex(hub, folder, models)
  process.stderr.write(`${models}: built, ${build.buildMs.toFixed(0)} ms\n`)
  const opened = processorMs()
  const index = openIndex(hub, folder, models)
  const openMs = processorMs() - opened
  const targets = Array.from({ length: TARGETS + WARM_UP }, (_, i) => hub.target(i, models))
  const [first] = run(hub, index, targets.slice(0, 1), { warmUp: 0 })
  const settling = processorMs()
  await index.block.rows.settle()
  const settleMs = processorMs() - settling
  const exact = run(hub, index, targets)
  process.stderr.write(`${models}: exact\n`)
  const limited = run(hub, index, targets, { effort: EFFORT })
  const scanned = targets
    .slice(WARM_UP, WARM_UP + (models > MOST_SCANNED ? 0 : SCANNED))
    .map(target => scan(hub, index, target))
  scanned.forEach(({ values }, i) => requireSame(exact[i].answer, values))
  process.stderr.write(`${models}: scanned\n`)
  const overlaps = SHARES.map(share => {
    const timed = run(hub, index, targets.slice(0, WARM_UP + MASKED_TARGETS), { share })
    return { share, p50: quantile(timed, 0.5), fine: mean(timed, ({ answer }) => answer.work.lookups) }
  })
  const lsh =
    models > MOST_HASHED
      ? undefined
      : await lshCost(hub, index, {
          ...{ folder, targets: targets.slice(WARM_UP), exact: exact.map(({ answer }) => answer) },
          divergence: (model, target) =>
            jensenShannonOfRows(rowOf(hub, index.exact(model), allFeatures(hub)), rowOf(hub, target, allFeatures(hub))),
        })
  process.stderr.write(`${models}: hashed\n`)
  index.close()
  rmSync(folder, { recursive: true })
  return {
    models,
    ...build,
    ...{ openMs, firstMs: first.processorMs, settleMs },
    residentBytes: index.block.residentBytes,
    exact: { ...times(exact), bounds: sharesOf(exact), looked: mean(exact, ({ answer }) => answer.work.lookups) },
    limited: { ...times(limited), recall: recall(exact, limited), effort: EFFORT },
    scanProcessorMs: scanned.reduce((sum, { processorMs }) => sum + processorMs, 0) / scanned.length,
    overlaps,
    lsh,
  }
}

type Measured = Awaited<ReturnType<typeof measure>>

interface RunOptions {
  readonly effort?: number
  /** Targets whose times do not count. */
  readonly warmUp?: number
  /** Share of the columns that the targets have. */
  readonly share?: number
}

function run(
  hub: SimulatedHub,
  index: SimulatedIndex,
  targets: readonly Float32Array[],
  options: RunOptions = {},
): Timed[] {
  const { effort, share = 1, warmUp = WARM_UP } = options
  const features = allFeatures(hub).filter(f => Math.floor((f + 1) * share) > Math.floor(f * share))
  const timed = targets.map(target => {
    const values = masked(hub, target, features)
    const [wall, processor] = [performance.now(), processorMs()]
    const query = rowOf(hub, values, features)
    const divergence = (model: number) => jensenShannonOfRows(rowOf(hub, index.exact(model), features), query)
    const answer = maskedSearch(
      index.block,
      { values, features },
      { most: TOP, effort, fineCodes: index.fineCodes, divergence },
    )
    return { wallMs: performance.now() - wall, processorMs: processorMs() - processor, answer }
  })
  return timed.slice(warmUp)
}

function masked({ offsets }: SimulatedHub, values: Float32Array, features: Uint32Array): Float32Array {
  const kept = new Float32Array(values.length)
  for (const f of features) kept.set(values.subarray(offsets[f], offsets[f + 1]), offsets[f])
  return kept
}

function rowOf({ offsets }: SimulatedHub, values: Float32Array, features: Uint32Array): JointRow {
  return jointRows({ partitions: 1, offsets, values, rows: Float64Array.of(1) }, features)[0]
}

/** The divergences of the nearest models, found by comparing all of them exactly. */
function scan(hub: SimulatedHub, index: SimulatedIndex, target: Float32Array) {
  const started = processorMs()
  const features = allFeatures(hub)
  const query = rowOf(hub, target, features)
  const all = Float64Array.from({ length: index.block.size }, (_, model) =>
    jensenShannonOfRows(rowOf(hub, index.exact(model), features), query),
  )
  return { values: all.sort().subarray(0, TOP), processorMs: processorMs() - started }
}

function requireSame({ found }: MaskedRetrieval, nearest: Float64Array): void {
  nearest.forEach((value, i) => {
    if (found[i]?.value !== value)
      throw new Error(`place ${i + 1}: the block found ${found[i]?.value}, the scan ${value}`)
  })
}

function recall(exact: readonly Timed[], limited: readonly Timed[]): number {
  const shares = exact.map(({ answer }, i) => {
    const found = new Set(limited[i].answer.found.map(({ key }) => key))
    return answer.found.filter(({ key }) => found.has(key)).length / answer.found.length
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

function mean(timed: readonly Timed[], of: (one: Timed) => number): number {
  return timed.reduce((sum, one) => sum + of(one), 0) / timed.length
}

function quantile(timed: readonly Timed[], share: number, of = (one: Timed) => one.processorMs): number {
  return timed.map(of).sort((a, b) => a - b)[Math.min(timed.length - 1, Math.floor(share * timed.length))]
}

function times(timed: readonly Timed[]) {
  const wall = (one: Timed) => one.wallMs
  return {
    p50: quantile(timed, 0.5),
    p95: quantile(timed, 0.95),
    wallP50: quantile(timed, 0.5, wall),
    wallP95: quantile(timed, 0.95, wall),
  }
}

function sharesOf(timed: readonly Timed[]) {
  const of = (key: 'afterRoots' | 'afterMerged' | 'afterFine') =>
    mean(timed, ({ answer }) => answer.bounds[key] / answer.bounds.eligible)
  return { roots: of('afterRoots'), merged: of('afterMerged'), fine: of('afterFine') }
}

function barsOf({ models, exact, limited, openMs, overlaps, buildMs, residentBytes }: Measured): Bar[] {
  const bars: Bar[] = [
    { name: `${models}: resident bytes a model`, value: residentBytes / models, bar: 1500, must: 'atMost' },
    { name: `${models}: models built a second`, value: (1000 * models) / buildMs, bar: 3000, must: 'atLeast' },
    {
      name: `${models}: time with a share of the columns, at most, over that with all`,
      value: Math.max(...overlaps.map(({ p50 }) => p50)) / overlaps[overlaps.length - 1].p50,
      bar: 2,
      must: 'atMost',
    },
    { name: `${models}: open, processor ms`, value: openMs, bar: 1000, must: 'atMost' },
  ]
  const name = `${models}: p50, processor ms`
  if (models === 100_000) bars.push({ name: `${name}, exact`, value: exact.p50, bar: 60, must: 'atMost' })
  if (models < 1_000_000) return bars
  bars.push({ name: `${name}, effort ${EFFORT}`, value: limited.p50, bar: 150, must: 'atMost' })
  return [...bars, { name: `${models}: recall@10`, value: limited.recall, bar: 0.98, must: 'atLeast' }]
}

function growthBars(measured: readonly Measured[]): Bar[] {
  return measured.flatMap(({ models, lsh }, i): Bar[] => {
    const value = growthOf(measured, i)
    if (!lsh || Number.isNaN(value)) return []
    return [{ name: `${models}: growth of JS-LSH’s candidates, exponent`, value, bar: 0.7, must: 'atMost' }]
  })
}

function table(measured: readonly Measured[]): string {
  const row = (name: string, of: (one: Measured) => number, digits = 1) => [
    name,
    ...measured.map(m => (Number.isNaN(of(m)) ? '–' : of(m).toFixed(digits))),
  ]
  return markdownTable(
    ['', ...measured.map(({ models }) => `${models} models`)],
    [
      row('exact, p50 processor ms', m => m.exact.p50),
      row('exact, p95 processor ms', m => m.exact.p95),
      row('exact, p50 wall ms', m => m.exact.wallP50),
      row('exact, p95 wall ms', m => m.exact.wallP95),
      row(`effort ${EFFORT}, p50 processor ms`, m => m.limited.p50),
      row(`effort ${EFFORT}, p95 processor ms`, m => m.limited.p95),
      row(`effort ${EFFORT}, p50 wall ms`, m => m.limited.wallP50),
      row(`effort ${EFFORT}, recall@10`, m => m.limited.recall, 4),
      row('scan of all, exact, processor ms', m => m.scanProcessorMs, 0),
      row('fine codes looked at (exact)', m => m.exact.looked, 0),
      row('bytes a model in memory', m => m.residentBytes / m.models, 0),
      row('bytes a model on disk (index)', m => m.indexBytes / m.models, 0),
      row('bytes a model on disk (exact histograms)', m => m.catalogBytes / m.models, 0),
      row('models built a second', m => (1000 * m.models) / m.buildMs, 0),
      row('open, processor ms', m => m.openMs),
      row('first search, codes read from the files, processor ms', m => m.firstMs),
      row('codes brought into memory for those after it, processor ms', m => m.settleMs),
    ],
  )
}

function sharesTable(measured: readonly Measured[]): string {
  return markdownTable(
    ['models', 'ln 2 · H² of merged bins', 'JS of merged bins', 'JS of rounded bins (verified)'],
    measured.map(({ models, exact: { bounds } }) => [
      String(models),
      ...[bounds.roots, bounds.merged, bounds.fine].map(share => share.toFixed(5)),
    ]),
  )
}

function overlapTable(measured: readonly Measured[]): string {
  return markdownTable(
    ['models', ...SHARES.map(share => `${100 * share} %`)],
    measured.map(({ models, overlaps }) => [String(models), ...overlaps.map(({ p50 }) => shortNumber(p50))]),
  )
}

/** How candidates grow with the hub: c ~ n^growth, from one size to the next. */
function growthOf(measured: readonly Measured[], i: number): number {
  const [before, now] = [measured[i - 1], measured[i]]
  if (!before?.lsh || !now.lsh) return NaN
  return Math.log(now.lsh.candidates / before.lsh.candidates) / Math.log(now.models / before.models)
}

function lshTable(measured: readonly Measured[]): string {
  return markdownTable(
    ['models', 'K', 'L', 'r', 'candidates', 'growth', 'recall@10', 'processor ms', 'tables made, ms a model'],
    measured.flatMap(({ models, lsh }, i) =>
      lsh
        ? [
            [
              ...[models, lsh.values, lsh.bands].map(String),
              shortNumber(lsh.width),
              lsh.candidates.toFixed(0),
              growthOf(measured, i).toFixed(2).replace('NaN', '–'),
              lsh.recall.toFixed(3),
              lsh.processorMs.toFixed(1),
              (lsh.tablesMs / models).toFixed(2),
            ],
          ]
        : [],
    ),
  )
}
