/**
 * What would the bounds spare that the masked block engine does without: Hellinger alone, and √JS with stored radii?
 *
 *   tsx bench/bound-study.ts 1000 10000
 *
 * √JS of one feature is a metric (Endres and Schindelin 2003), and so is the root of the mean over the features, which the
 * engine compares: the root mean square of metrics is one by Minkowski's inequality. So a pivot p gives
 * √JS(q, m) ≥ |√JS(q, p) − √JS(m, p)|, and a dataset P with partitions p_i gives min √JS(q, p_i) ≥ √JS(q, P) − ρ,
 * ρ = max √JS(p_i, P).
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pairwiseJensenShannon, pairwiseSquaredHellinger } from '../src/divergence/index.ts'
import { COARSE_BINS, maskedSearch, type MaskedRetrieval } from '../src/retrieval/index.ts'
import { markdownTable } from './markdown-table.ts'
import { partitionRadii } from './partition-radii.ts'
import { drawnPivots, farthestPivots, pivotBounds, ROOT_SLACK, type Pivot } from './pivot-radii.ts'
import { recordResult } from './record-result.ts'
import { rowsBlock } from './rows-block.ts'
import { meansOf, nthSmallest, shareLeft } from './share-left.ts'
import { sharedFolder } from './shared-folder.ts'
import { allFeatures, buildIndex, openIndex } from './simulated-index.ts'
import { simulatedHub, type SimulatedHub } from './simulated-hub.ts'

const SEED = 1
const BINS = 31
const TOP = 10
const TARGETS = 50
const PIVOTS = [1, 4, 16]
/** The hub whose partitions are compared. */
const MODELS_WITH_PARTS = 1000

const startedAt = performance.now()
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 10_000]
const shared = sharedFolder()
const scratch = mkdtempSync(join(process.env.SCRATCH ?? tmpdir(), 'bench-bounds-'))

try {
  const hub = await simulatedHub(shared, { seed: SEED, bins: BINS })
  const measured: Measured[] = []
  for (const models of sizes) measured.push(await measure(hub, models))
  const parts = partitionRadii(hub, { models: MODELS_WITH_PARTS, targets: TARGETS, top: TOP })
  recordResult({
    name: 'bound-study',
    question: 'What would the bounds spare that the engine does without?',
    command: 'npm run bench:bound-study',
    startedAt,
    bars: [],
    markdown: [
      `Top ${TOP} by JS of whole datasets, simulated hubs (81 features of ${BINS + 1} bins, all shared), ${TARGETS} targets; mean share of the models. Alone: left by the bound itself. The other columns are the engine's own counts (${COARSE_BINS} merged bins a feature) among those. Pivots, and Hellinger where it says so, are held against the exact tenth best divergence, as if it were known before: they cannot spare more.`,
      table(measured),
      `A radius stored about each of ${MODELS_WITH_PARTS} models, for the ten that have the partition nearest to one of a target's: ${(100 * parts.left).toFixed(1)} % are left against the exact tenth. Mean radius ${parts.radius.toFixed(3)}, mean √JS of a model from the partition ${parts.whole.toFixed(3)}, of the tenth nearest ${parts.tenth.toFixed(3)}.`,
    ].join('\n\n'),
    figures: { hubs: measured, parts },
  })
} finally {
  rmSync(scratch, { recursive: true })
}

async function measure(hub: SimulatedHub, models: number) {
  const folder = join(scratch, String(models))
  mkdirSync(folder)
  await buildIndex(hub, folder, models)
  const index = openIndex(hub, folder, models)
  await index.block.rows.settle()
  const features = allFeatures(hub)
  const single = (values: Float32Array) => rowsBlock(hub, 1, () => values)
  const stored = rowsBlock(hub, models, model => index.exact(model))
  const asked = Array.from({ length: TARGETS }, (_, ordinal) => {
    const values = hub.target(ordinal, models)
    const target = single(values)
    const js = pairwiseJensenShannon(stored, target, features)
    const hellinger = pairwiseSquaredHellinger(stored, target, features)
    const search = (allowed?: Uint8Array) =>
      maskedSearch(
        index.block,
        { values, features },
        { most: TOP, fineCodes: index.fineCodes, divergence: model => js[model], allowed },
      )
    return { js, tenth: nthSmallest(js, TOP), hellinger, search }
  })
  process.stderr.write(`${models}: compared\n`)
  const rootsTo = (pivot: number) => pairwiseJensenShannon(stored, single(index.exact(pivot)), features).map(Math.sqrt)
  const choice = { models, count: Math.max(...PIVOTS), rootsTo }
  const chosen = { 'drawn by a seed': drawnPivots(choice, SEED), 'farthest first': farthestPivots(choice) }
  const withPivots = Object.entries(chosen).flatMap(([by, pivots]) =>
    PIVOTS.map(count => ({ name: `√JS, pivots ${by}: ${count}`, ...afterPivots(asked, pivots.slice(0, count)) })),
  )
  const hellinger = (threshold: (one: Asked) => number) =>
    meansOf(asked.map(one => ({ alone: shareLeft(one.hellinger, threshold(one) / Math.LN2) })))
  const bounds: Shares[] = [
    { name: 'engine', ...meansOf(asked.map(({ search }) => engineShares(search(), models))) },
    { name: 'H² alone', ...hellinger(one => nthSmallest(one.hellinger, TOP)) },
    { name: 'H² alone, exact tenth', ...hellinger(({ tenth }) => tenth) },
    ...withPivots,
  ]
  index.close()
  return { models, bounds }
}

interface Measured {
  readonly models: number
  readonly bounds: readonly Shares[]
}

interface Asked {
  readonly js: Float64Array
  readonly tenth: number
  readonly hellinger: Float64Array
  readonly search: (allowed?: Uint8Array) => MaskedRetrieval
}

/** Shares of the models, of one bound. */
interface Shares {
  readonly name: string
  readonly alone?: number
  readonly roots?: number
  readonly merged?: number
  readonly looked?: number
  readonly fine?: number
}

function afterPivots(asked: readonly Asked[], pivots: readonly Pivot[]) {
  return meansOf(
    asked.map(({ js, tenth, search }) => {
      const bounds = pivotBounds(js, pivots)
      const allowed = Uint8Array.from(bounds, bound => Number(bound <= Math.sqrt(tenth) + ROOT_SLACK))
      const answer = search(allowed)
      if (Math.max(...answer.found.map(({ value }) => value)) !== tenth) throw new Error('the pivots lost an answer')
      return { alone: shareLeft(bounds, Math.sqrt(tenth) + ROOT_SLACK), ...engineShares(answer, js.length) }
    }),
  )
}

function engineShares({ bounds: { afterRoots, afterMerged, looked, afterFine } }: MaskedRetrieval, models: number) {
  return { roots: afterRoots / models, merged: afterMerged / models, looked: looked / models, fine: afterFine / models }
}

function table(measured: readonly Measured[]): string {
  const columns = ['alone', 'roots', 'merged', 'looked', 'fine'] as const
  return markdownTable(
    ['models', 'bound', 'alone', 'ln 2 · H² of merged bins', 'JS of merged bins', 'fine codes looked at', 'verified'],
    measured.flatMap(({ models, bounds }) =>
      bounds.map(one => [String(models), one.name, ...columns.map(column => one[column]?.toFixed(5) ?? '–')]),
    ),
  )
}
