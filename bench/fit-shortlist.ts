/**
 * Does a search by fit through the index find what comparing all models finds, how long does it take, and how many of
 * those nearest by JS must it compare?
 *
 *   tsx bench/fit-shortlist.ts 1000 10000 100000
 *
 * Comparing every model of the largest takes half an hour. KEPT names a folder where what was done is found again by a
 * run after one that was ended. HUB_SEED makes other hubs than those the shortlist's settings were chosen on.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sizeAdvantages } from '../src/search/size-advantages.ts'
import { BINS, SEED } from './fit-scan.ts'
import { bestByFit, fitPlaces, orderBy, placesOf, shortlistRecall, type FitPlaces } from './fit-places.ts'
import { searchByFit, type FitSearches } from './fit-searches.ts'
import { fitTruth } from './fit-truth.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult, type Bar } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'
import { nthSmallest } from './share-left.ts'
import { nameOf, simulatedTargetBlocks } from './simulated-catalog.ts'
import { simulatedHub, type SimulatedHub } from './simulated-hub.ts'
import { allFeatures } from './simulated-index.ts'

/** Seed of the hubs on which it was chosen what the shortlist leaves out. */
const CHOSEN_ON = 1
/** Targets of a hub, and of one of more than 10,000 models. */
const TARGETS = 10
const TARGETS_OF_MANY = 5
/** Models whose comparison is timed. */
const TIMED = 40
const SHORTLISTS = [10, 20, 50, 100, 200, 300, 500, 1000]
/** What a search compares for ten results. */
const USED = 100
/** So many of the first by what a search goes by have their partitions in the catalog: no search looks at more. */
const STORED = 300
const RECALL = 0.98
const ABOUT_KEPT =
  'What comparing every model found was kept by runs before this one (KEPT), and is not in its seconds.'
/** Hubs of more models are not made: of them the places of the best are known alone. */
const SEARCHED = Number(process.env.SEARCHED ?? Infinity)

interface Measured {
  readonly models: number
  /** Places by JS. */
  readonly byJs: readonly FitPlaces[]
  /** Places by what a search goes by: JS without what few rows add to it. */
  readonly byShortlist: readonly FitPlaces[]
  /** Processor ms of one comparison, without reading the partitions. */
  readonly comparisonMs: number
  /** Absent where the hub was too large for it. */
  readonly searches?: FitSearches
  /** Processes ready to run, mean of the last minute of the searches. */
  readonly load: number
}

const startedAt = performance.now()
const sizes = process.argv.slice(2).map(Number)
const scratch = mkdtempSync(join(process.env.SCRATCH ?? tmpdir(), 'bench-fit-'))

try {
  const hub = await simulatedHub(sharedFolder(), { seed: SEED, bins: BINS })
  const real = onRealTables(hub)
  const measured: Measured[] = []
  for (const models of sizes) {
    measured.push(await keptOrMeasured(hub, models))
    record(hub, real, measured)
  }
} finally {
  rmSync(scratch, { recursive: true })
}

/** Each table as the target of all others. */
function onRealTables(hub: SimulatedHub): FitPlaces[] {
  const features = allFeatures(hub)
  return hub.real.map((target, i) => {
    const others = hub.real.filter((_, other) => other !== i)
    return fitPlaces(target, others, features)
  })
}

/** What a run that was ended measured of a hub, where it was told to keep that; else measured now. */
async function keptOrMeasured(hub: SimulatedHub, models: number): Promise<Measured> {
  const file = process.env.KEPT && join(process.env.KEPT, `measured-${models}.json`)
  if (file && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Measured
  const measured = await onSimulated(hub, models)
  if (file) writeFileSync(file, JSON.stringify(measured))
  return measured
}

async function onSimulated(hub: SimulatedHub, models: number): Promise<Measured> {
  const ordinals = Array.from({ length: models > 10_000 ? TARGETS_OF_MANY : TARGETS }, (_, i) => i)
  const truth = await fitTruth(models, ordinals, process.env.KEPT ?? scratch)
  process.stderr.write(`${models}: all compared\n`)
  const added = advantagesOf(hub, models)
  const keys = truth.js.map(js => js.map((value, model) => value + added[model]))
  const stored = new Set(ordinals.flatMap(t => [...orderBy(keys[t]).subarray(0, STORED)]))
  const best = ordinals.map(t => bestByFit(truth.fits[t]).map(nameOf))
  const asked = { models, ordinals, best, stored, mostCompared: STORED }
  const searches = models <= SEARCHED ? await searchByFit(hub, join(scratch, String(models)), asked) : undefined
  const [load] = loadavg()
  process.stderr.write(`${models}: searched\n`)
  const sources = Array.from({ length: TIMED }, (_, i) => hub.modelParts(Math.floor((i * models) / TIMED)))
  const timed = ordinals.map(ordinal => {
    return fitPlaces(simulatedTargetBlocks(hub, ordinal, models), sources, allFeatures(hub)).comparisonMs
  })
  return {
    models,
    byJs: truth.fits.map((fits, t) => placesOf(fits, truth.js[t])),
    byShortlist: truth.fits.map((fits, t) => placesOf(fits, keys[t])),
    comparisonMs: nthSmallest(timed, Math.ceil(timed.length / 2)),
    searches,
    load,
  }
}

/** How much nearer each model seems than one of few rows. */
function advantagesOf(hub: SimulatedHub, models: number): Float32Array {
  const rows = Uint32Array.from({ length: models }, (_, model) => hub.modelRows(model))
  return sizeAdvantages({ rows, binsBeyondOne: BINS })
}

/** After each size, so that a run that is ended leaves what it has. */
function record(hub: SimulatedHub, real: readonly FitPlaces[], measured: readonly Measured[]): void {
  const sizesDone = measured.map(({ models }) => models)
  recordResult({
    name: SEED === CHOSEN_ON ? 'fit-shortlist' : `fit-shortlist-hubs-${SEED}`,
    question: 'Does a search by fit through the index find what comparing all models finds?',
    command: `${SEED === CHOSEN_ON ? '' : `HUB_SEED=${SEED} `}npm run bench:fit-shortlist -- ${sizesDone.join(' ')}`,
    startedAt,
    bars: measured.flatMap(({ models, searches, byShortlist }): Bar[] => {
      const recalls: [string, number | undefined][] = [
        [`of the first ${USED}`, shortlistRecall(byShortlist, USED)],
        ['of a search', searches?.recall],
      ]
      return recalls.flatMap(([what, value]): Bar[] =>
        value === undefined
          ? []
          : [{ name: `${models}: recall@10 by fit ${what}`, value, bar: RECALL, must: 'atLeast' }],
      )
    }),
    markdown: [
      `Simulated hubs (81 features of 32 bins, up to 32 cells) in a catalog of SQLite, ${TARGETS} targets each (${TARGETS_OF_MANY} above 10,000 models); \`hub.search\` by fit, top 10, through the index, which compares the ${USED} first by JS of the whole datasets without what few rows add to it, and up to as many again that its bounds cannot tell from them. The truth is that of comparing every model of the hub. Processor ms (wall ms); the cells of the ${STORED} first of each target are in the catalog, and no search looks at others.`,
      searchTable(measured),
      `Share of the ten best by fit that are among the first by JS, and by what a search goes by, mean over the targets; the last columns are the worst place of one of the ten, and its p90 over targets.`,
      placesTable([
        { hub: `the ${hub.real.length} sensor tables, by JS`, targets: real },
        ...measured.flatMap(({ models, byJs, byShortlist }) => [
          { hub: `${models} simulated, by JS`, targets: byJs },
          { hub: `${models} simulated, as a search does`, targets: byShortlist },
        ]),
      ]),
      ...(process.env.KEPT ? [ABOUT_KEPT] : []),
    ].join('\n\n'),
    figures: { real, measured },
  })
}

function searchTable(measured: readonly Measured[]): string {
  const row = (name: string, of: (one: Measured) => string) => [name, ...measured.map(of)]
  const times = (of: (one: FitSearches) => FitSearches['p50']) => (one: Measured) => {
    if (!one.searches) return '–'
    const { processorMs, wallMs } = of(one.searches)
    return `${processorMs.toFixed(0)} (${wallMs.toFixed(0)})`
  }
  return markdownTable(
    ['', ...measured.map(({ models }) => `${models} models`)],
    [
      row('recall@10 of a search', ({ searches }) => searches?.recall.toFixed(3) ?? '–'),
      row(
        'search, p50',
        times(({ p50 }) => p50),
      ),
      row(
        'search, p95',
        times(({ p95 }) => p95),
      ),
      row('processes ready to run meanwhile (2 cores)', ({ load }) => load.toFixed(0)),
      row('models compared, mean', ({ searches }) => searches?.compared.toFixed(0) ?? '–'),
      row('one comparison, processor ms', ({ comparisonMs }) => comparisonMs.toFixed(2)),
      row('all compared, without reading them, processor s', ({ models, comparisonMs }) =>
        ((models * comparisonMs) / 1000).toFixed(1),
      ),
    ],
  )
}

function placesTable(hubs: readonly { readonly hub: string; readonly targets: readonly FitPlaces[] }[]): string {
  return markdownTable(
    ['hub', 'targets', 'compared', ...SHORTLISTS.map(String), 'worst place', 'p90'],
    hubs.map(({ hub, targets }) => {
      const worst = targets.map(({ places }) => Math.max(...places)).sort((a, b) => a - b)
      const { compared } = targets[0]
      return [
        ...[hub, String(targets.length), String(compared)],
        ...SHORTLISTS.map(most => (most > compared ? '–' : shortlistRecall(targets, most).toFixed(3))),
        ...[String(worst[worst.length - 1]), String(worst[Math.floor(0.9 * (worst.length - 1))])],
      ]
    }),
  )
}
