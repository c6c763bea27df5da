/**
 * How well does the product rank the sensor models? Every table of zoo/har is a target for the models of all others,
 * through a hub on disk.
 *
 *   tsx bench/sensors.ts
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSketchFile, type Hub, type SearchOptions } from '../src/hub/index.ts'
import { METRICS, METRIC_NAMES, type MetricName } from '../src/search/index.ts'
import { qualityTable } from './quality-table.ts'
import { randomQuality, rankingQuality, type RankedTarget, type RankingQuality } from './ranking-quality.ts'
import { recordResult } from './record-result.ts'
import {
  makeSensorFolders,
  publishAll,
  sensorModels,
  sensorTruth,
  sketchRows,
  writeKeptRows,
  type SensorModel,
  type Truth,
} from './sensor-zoo.ts'
import { sharedFolder } from './shared-folder.ts'
import { spreadBars, summaryTable } from './spread.ts'

/** What every search shows beside its score, so that one search gives them all. */
const SHOWN = ['fit', 'soft-coverage', 'coverage', 'adaptivity', 'js', 'source-accuracy'] as const
type Shown = (typeof SHOWN)[number]
const PAPER_THRESHOLDS = [0.002, 0.005, 0.01]
const SEEDS = [0, 1, 2, 3, 4]
const FOUNDERS = 8

const startedAt = performance.now()
const shared = sharedFolder()
const scratch = mkdtempSync(join(tmpdir(), 'bench-sensors-'))
const folders = join(scratch, 'zoo')
const rows = join(scratch, 'rows')
mkdirSync(rows)
const dsads = sensorModels(shared, 'dsads')
const truth = sensorTruth(shared)
let hubs = 0

try {
  makeSensorFolders(shared, folders, '')
  await writeKeptRows(
    shared,
    dsads.map(({ id }) => id),
    { folder: rows },
  )
  const joint = await jointQualities()
  joint.set('mmd', await discrepancyQuality())
  const pooled = await pooledQualities()
  const baselines = baselineQualities(dsads, truth)
  const seeds = await seedSpread()
  const founders = await founderSpread()
  const all = await allModels()
  const fit = joint.get('fit')!
  const spreadTable = (head: string, spread: ReadonlyMap<string, RankingQuality>) =>
    `${qualityTable(spread).replace('signal', head)}\n\n${summaryTable(spread)}`
  recordResult({
    name: 'sensors',
    question: 'How well are the DSADS sensor models ranked?',
    command: 'npm run bench:sensors',
    startedAt,
    bars: [
      { name: 'mean regret of fit', value: fit.meanRegret, bar: 0.016, must: 'atMost' },
      { name: 'top-1 error of fit', value: fit.top1Error, bar: 0.35, must: 'atMost' },
      { name: 'mean Pearson of fit', value: fit.pearson, bar: 0.78, must: 'atLeast' },
      ...spreadBars('five sketch seeds', seeds),
      ...spreadBars('five choices of founders', founders),
    ],
    markdown: [
      'Joint space, default sketches:',
      qualityTable(joint),
      'Pooled space, `paper` sketches:',
      qualityTable(pooled),
      'Baselines:',
      qualityTable(baselines),
      'Fit over seeds of the sketches:',
      spreadTable('seed', seeds),
      'Fit over choices of the eight founders (order of publication rotated):',
      spreadTable('first published', founders),
      'All models of the zoo (DSADS and UMAFall), unknown classes counted as wrong:',
      qualityTable(all),
      'Regret is the accuracy lost against the best candidate. Random: expected values. MMD: sketches with the first ' +
        'table as their reference. A constant signal counts as correlation 0.',
    ].join('\n\n'),
    figures: Object.fromEntries(
      Object.entries({ joint, pooled, baselines, seeds, founders, all }).map(([key, map]) => [
        key,
        Object.fromEntries(map),
      ]),
    ),
  })
} finally {
  rmSync(scratch, { recursive: true })
}

/** Ranks of one target: the scores of all metrics a search shows, and of the one it ranks by, by model's name. */
type Scores = Map<string, Map<Shown | MetricName, number>>

async function searchScores(hub: Hub, sketch: string, options: SearchOptions): Promise<Scores> {
  const { results } = await hub.search(await loadSketchFile(sketch), { ...options, top: 1000 })
  return new Map(
    results.map(({ model, score, metric, ...row }) => {
      const shown = new Map<Shown | MetricName, number>([
        ['fit', row.fit],
        ['soft-coverage', row.softCoverage],
        ['coverage', row.coverage],
        ['adaptivity', row.adaptivity],
        ['js', row.js],
        ['source-accuracy', row.sourceAccuracy ?? NaN],
      ])
      return [model, shown.set(metric as MetricName, score ?? NaN)]
    }),
  )
}

interface Task {
  readonly hub: Hub
  readonly models: readonly SensorModel[]
  readonly truth: Truth
  readonly sketchOf: (id: string) => string
}

/** The quality of some metrics, all taken from one search per target. */
async function qualitiesOf(
  { hub, models, truth, sketchOf }: Task,
  metrics: readonly (Shown | MetricName)[],
  options: SearchOptions,
): Promise<Map<string, RankingQuality>> {
  const targets = new Map<string, RankedTarget[]>(metrics.map(metric => [metric, []]))
  for (const target of models) {
    const scores = await searchScores(hub, sketchOf(target.id), { ...options, excludeModels: [target.name] })
    const candidates = candidatesFor(models, truth, target).filter(({ model }) => scores.has(model.name))
    for (const metric of metrics) {
      const sign = METRICS[metric].better === 'greater' ? 1 : -1
      targets.get(metric)!.push({
        truth: candidates.map(({ accuracy }) => accuracy),
        scores: candidates.map(({ model }) => sign * scores.get(model.name)!.get(metric)!),
      })
    }
  }
  return new Map([...targets].map(([metric, ranked]) => [metric, rankingQuality(ranked)]))
}

/** The models that can be ranked for a target, in order of name. */
function candidatesFor(models: readonly SensorModel[], truth: Truth, target: SensorModel) {
  return models
    .filter(model => model.id !== target.id && truth.get(model.id)?.has(target.id))
    .map(model => ({ model, accuracy: truth.get(model.id)!.get(target.id)! }))
    .sort((a, b) => (a.model.name < b.model.name ? -1 : 1))
}

function freshHub(models: readonly SensorModel[], sketchOf: (id: string) => string): Promise<Hub> {
  return publishAll(join(scratch, `hub-${hubs++}`), models, { folders, sketchOf })
}

async function jointQualities(): Promise<Map<string, RankingQuality>> {
  const sketchOf = (id: string) => join(folders, id, 'train.sketch.parquet')
  const hub = await freshHub(dsads, sketchOf)
  const task = { hub, models: dsads, truth, sketchOf }
  const shown = await qualitiesOf(task, SHOWN, {})
  const found = new Map<string, RankingQuality>()
  for (const metric of METRIC_NAMES) {
    if (metric === 'mmd') continue
    const quality = shown.get(metric) ?? (await qualitiesOf(task, [metric], { metric })).get(metric)!
    found.set(metric, quality)
  }
  await hub.close()
  return found
}

/** The MMD needs sketches of one reference: here the sketch of the first table. */
async function discrepancyQuality(): Promise<RankingQuality> {
  const [first] = dsads
  const { sketch: reference } = await loadSketchFile(join(folders, first.id, 'train.sketch.parquet'))
  const suffix = '.reference'
  await sketchRows(
    rows,
    dsads.map(({ id }) => id),
    { reference, suffix },
  )
  const sketchOf = (id: string) => join(rows, `${id}${suffix}`)
  const hub = await freshHub(dsads, sketchOf)
  const found = await qualitiesOf({ hub, models: dsads, truth, sketchOf }, ['mmd'], { metric: 'mmd' })
  await hub.close()
  return found.get('mmd')!
}

async function pooledQualities(): Promise<Map<string, RankingQuality>> {
  await sketchRows(
    rows,
    dsads.map(({ id }) => id),
    { profile: 'paper', suffix: '.paper' },
  )
  const sketchOf = (id: string) => join(rows, `${id}.paper`)
  const hub = await freshHub(dsads, sketchOf)
  const task = { hub, models: dsads, truth, sketchOf }
  const found = new Map<string, RankingQuality>()
  for (const threshold of PAPER_THRESHOLDS) {
    const qualities = await qualitiesOf(task, ['adaptivity', 'coverage', 'js'], {
      metric: 'js',
      space: 'pooled',
      threshold,
    })
    if (!found.has('js')) found.set('js', qualities.get('js')!)
    for (const metric of ['adaptivity', 'coverage']) found.set(`${metric}, t = ${threshold}`, qualities.get(metric)!)
  }
  for (const metric of ['kl', 'hellinger'] as const) {
    found.set(metric, (await qualitiesOf(task, [metric], { metric, space: 'pooled' })).get(metric)!)
  }
  await hub.close()
  return found
}

/** Signals that do not look at the target's data. */
function baselineQualities(models: readonly SensorModel[], truth: Truth): Map<string, RankingQuality> {
  const signal = (score: (model: SensorModel, target: SensorModel) => number) =>
    rankingQuality(
      models.map(target => {
        const candidates = candidatesFor(models, truth, target)
        return {
          truth: candidates.map(({ accuracy }) => accuracy),
          scores: candidates.map(({ model }) => score(model, target)),
        }
      }),
    )
  const ids = new Set(models.map(({ id }) => id))
  const elsewhere = (model: SensorModel, target: SensorModel) => {
    const others = [...truth.get(model.id)!].filter(([id]) => ids.has(id) && id !== target.id && id !== model.id)
    return others.reduce((sum, [, value]) => sum + value, 0) / others.length
  }
  const truths = models.map(target => candidatesFor(models, truth, target).map(({ accuracy }) => accuracy))
  return new Map([
    ['random', randomQuality(truths)],
    ['source accuracy', signal(model => model.sourceAccuracy)],
    ['mean accuracy elsewhere', signal(elsewhere)],
    ['model size, largest first', signal(model => model.sizeBytes)],
    ['model size, smallest first', signal(model => -model.sizeBytes)],
  ])
}

async function fitOf(models: readonly SensorModel[], sketchOf: (id: string) => string): Promise<RankingQuality> {
  const hub = await freshHub(models, sketchOf)
  const qualities = await qualitiesOf({ hub, models, truth, sketchOf }, ['fit'], {})
  await hub.close()
  return qualities.get('fit')!
}

async function seedSpread(): Promise<Map<string, RankingQuality>> {
  const found = new Map<string, RankingQuality>()
  for (const seed of SEEDS) {
    const suffix = `.seed-${seed}`
    await sketchRows(
      rows,
      dsads.map(({ id }) => id),
      { seed, suffix },
    )
    found.set(String(seed), await fitOf(dsads, id => join(rows, `${id}${suffix}`)))
  }
  return found
}

async function founderSpread(): Promise<Map<string, RankingQuality>> {
  const found = new Map<string, RankingQuality>()
  for (let first = 0; first < dsads.length; first += FOUNDERS) {
    const rotated = [...dsads.slice(first), ...dsads.slice(0, first)]
    found.set(dsads[first].name, await fitOf(rotated, id => join(folders, id, 'train.sketch.parquet')))
  }
  return found
}

async function allModels(): Promise<Map<string, RankingQuality>> {
  const models = sensorModels(shared, '')
  const covered = sensorTruth(shared, { coverage: true })
  const sketchOf = (id: string) => join(folders, id, 'train.sketch.parquet')
  const hub = await freshHub(models, sketchOf)
  const task = { hub, models, truth: covered, sketchOf }
  const found = await qualitiesOf(task, SHOWN.slice(0, -1), {})
  await hub.close()
  return new Map([...found, ...baselineQualities(models, covered)])
}
