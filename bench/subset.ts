/**
 * Which signal finds the source when the target is only a part of what a source was trained on? Sources know 6 or 13 of
 * 19 activities, targets hold 5. Needs bench/results/subset-plan.json and subset-truth.csv, which
 * bench/train-subsets.py makes.
 *
 *   tsx bench/subset.ts
 */
import { DuckDBInstance } from '@duckdb/node-api'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hub, loadSketchFile, sketchData, type DataOptions } from '../src/hub/index.ts'
import { METRICS, type MetricName } from '../src/search/index.ts'
import { qualityTable } from './quality-table.ts'
import { randomQuality, rankingQuality, type RankedTarget, type RankingQuality } from './ranking-quality.ts'
import { recordResult, RESULTS } from './record-result.ts'
import { makeSensorFolders } from './sensor-zoo.ts'
import { sharedFolder } from './shared-folder.ts'

interface Part {
  readonly id: string
  readonly table: string
  readonly activities: readonly string[]
}

interface Source extends Part {
  readonly sourceAccuracy: number
}

const startedAt = performance.now()
const shared = sharedFolder()
const plan = JSON.parse(readFileSync(join(RESULTS, 'subset-plan.json'), 'utf8')) as {
  readonly sources: readonly Source[]
  readonly targets: readonly Part[]
}
const truth = new Map<string, Map<string, number>>()
for (const line of readFileSync(join(RESULTS, 'subset-truth.csv'), 'utf8').trim().split('\n').slice(1)) {
  const [source, target, accuracy] = line.split(',')
  truth.set(target, (truth.get(target) ?? new Map<string, number>()).set(source, Number(accuracy)))
}
const scratch = mkdtempSync(join(tmpdir(), 'bench-subset-'))

try {
  makeSensorFolders(shared, join(scratch, 'zoo'), 'dsads')
  await writeRows()
  const clustered = await qualities('default', {}, ['fit', 'js', 'soft-coverage', 'coverage', 'adaptivity'])
  const separate = ['kl', 'hellinger', 'l2', 'jaccard'] as const
  const random = await qualities('random', { partitions: ['random'] }, ['fit', 'soft-coverage'])
  const signals = new Map<string, RankingQuality>([
    ['fit (clustered)', clustered.get('fit')!],
    ['whole JS', clustered.get('js')!],
    ['soft coverage, clustered', clustered.get('soft-coverage')!],
    ['soft coverage, random partitions', random.get('soft-coverage')!],
    ['fit, random partitions', random.get('fit')!],
    ['coverage', clustered.get('coverage')!],
    ['adaptivity', clustered.get('adaptivity')!],
  ])
  for (const metric of separate) signals.set(metric === 'kl' ? 'KL(target ‖ source)' : metric, clustered.get(metric)!)
  const baselines = baselineQualities()
  recordResult({
    name: 'subset',
    question: 'Which signal finds a source that covers the target, when each knows a part of the activities?',
    command: 'npm run bench:subset',
    startedAt,
    bars: [
      {
        name: 'mean regret of fit, against that of whole JS,',
        value: signals.get('fit (clustered)')!.meanRegret,
        bar: Number(signals.get('whole JS')!.meanRegret.toFixed(4)),
        must: 'atMost',
      },
    ],
    markdown: [
      '80 sources that know 6 or 13 of 19 activities, 80 targets of 5; sources of the same table are left out.',
      qualityTable(signals),
      'Baselines:',
      qualityTable(baselines),
      'Truth is the accuracy of the source’s classifier (bench/train-subsets.py) on the target’s rows, unknown classes ' +
        'counted as wrong. The sketches go through a hub; the ONNX file published with each is that of its table in ' +
        'zoo/har and plays no part.',
    ].join('\n\n'),
    figures: { signals: Object.fromEntries(signals), baselines: Object.fromEntries(baselines) },
  })
} finally {
  rmSync(scratch, { recursive: true })
}

async function writeRows(): Promise<void> {
  mkdirSync(join(scratch, 'rows'))
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  for (const { id, table, activities } of [...plan.sources, ...plan.targets]) {
    const kept = activities.map(activity => `'${activity}'`).join(', ')
    const from = join(shared, 'data/har', `${table}.parquet`)
    await connection.run(
      `copy (select * exclude (segment, label) from '${from}' where label in (${kept}))
       to '${join(scratch, 'rows', `${id}.parquet`)}'`,
    )
  }
  connection.disconnectSync()
  instance.closeSync()
}

function nameOf({ id }: Part): string {
  return `subset/${id}`
}

/** Qualities of metrics that every search shows, and with default sketches of those that need a search of their own. */
async function qualities(
  kind: string,
  options: DataOptions,
  shown: readonly MetricName[],
): Promise<Map<MetricName, RankingQuality>> {
  const sketchOf = ({ id }: Part) => join(scratch, 'rows', `${id}.${kind}`)
  for (const part of [...plan.sources, ...plan.targets]) {
    const { bytes } = await sketchData([join(scratch, 'rows', `${part.id}.parquet`)], options)
    writeFileSync(sketchOf(part), bytes)
  }
  const hub = await Hub.open(join(scratch, `hub-${kind}`), { create: true })
  for (const source of plan.sources) {
    const folder = join(scratch, 'zoo', source.table)
    await hub.publish({ folder, name: nameOf(source), sketch: sketchOf(source) })
  }
  const ranked = new Map<MetricName, RankedTarget[]>()
  const own = kind === 'default' ? (['kl', 'hellinger', 'l2', 'jaccard'] as const) : []
  for (const target of plan.targets) {
    const sketch = await loadSketchFile(sketchOf(target))
    const candidates = plan.sources.filter(({ table }) => table !== target.table)
    const excludeModels = plan.sources.filter(({ table }) => table === target.table).map(nameOf)
    const search = (metric: MetricName) => hub.search(sketch, { metric, excludeModels, top: 1000 })
    const add = (metric: MetricName, scores: ReadonlyMap<string, number>) => {
      const sign = METRICS[metric].better === 'greater' ? 1 : -1
      const one = {
        truth: candidates.map(({ id }) => truth.get(target.id)!.get(id)!),
        scores: candidates.map(source => sign * scores.get(nameOf(source))!),
      }
      ranked.set(metric, [...(ranked.get(metric) ?? []), one])
    }
    const { results } = await search('fit')
    for (const metric of shown) {
      const field = metric === 'soft-coverage' ? 'softCoverage' : (metric as 'fit' | 'js' | 'coverage' | 'adaptivity')
      add(metric, new Map(results.map(row => [row.model, row[field]])))
    }
    for (const metric of own) {
      add(metric, new Map((await search(metric)).results.map(({ model, score }) => [model, score ?? NaN])))
    }
  }
  await hub.close()
  return new Map([...ranked].map(([metric, targets]) => [metric, rankingQuality(targets)]))
}

function baselineQualities(): Map<string, RankingQuality> {
  const candidatesOf = (target: Part) => plan.sources.filter(({ table }) => table !== target.table)
  const truthOf = (target: Part) => candidatesOf(target).map(({ id }) => truth.get(target.id)!.get(id)!)
  const signal = (score: (source: Source, target: Part) => number) =>
    rankingQuality(
      plan.targets.map(target => ({
        truth: truthOf(target),
        scores: candidatesOf(target).map(source => score(source, target)),
      })),
    )
  const elsewhere = (source: Source, target: Part) => {
    const others = plan.targets.filter(({ id, table }) => id !== target.id && table !== source.table)
    return others.reduce((sum, { id }) => sum + truth.get(id)!.get(source.id)!, 0) / others.length
  }
  return new Map([
    ['random', randomQuality(plan.targets.map(truthOf))],
    ['source accuracy', signal(({ sourceAccuracy }) => sourceAccuracy)],
    ['mean accuracy elsewhere', signal(elsewhere)],
    ['number of activities known', signal(({ activities }) => activities.length)],
  ])
}
