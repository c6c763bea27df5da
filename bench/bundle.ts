/**
 * Does a bundle serve a mixture of two sensor tables better than the best single model? Targets are mixtures of two
 * DSADS tables (other body parts, other persons); candidates are the models of all other persons.
 *
 *   tsx bench/bundle.ts
 */
import { DuckDBInstance } from '@duckdb/node-api'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCatalog, type Catalog } from '../src/catalog/index.ts'
import { combineAnswers, type LabelledAnswers } from '../src/decision/index.ts'
import { seededRandom } from '../src/common/random.ts'
import { sketchData } from '../src/hub/index.ts'
import { loadCandidates } from '../src/hub/load-candidates.ts'
import { mostProbable } from '../src/math/probabilities.ts'
import { DEFAULT_PARAMETERS, searchDomains, targetBundle, type Threshold } from '../src/search/index.ts'
import { bootstrapMeans, type Interval } from './evaluation/bootstrap.ts'
import { markdownTable } from './markdown-table.ts'
import { manifestModels } from './matrix/manifest.ts'
import type { RunRows } from './matrix/runnable-workload.ts'
import { keptSensorRows, scaled, sensorSplits } from './matrix/sensor-rows.ts'
import { recordResult } from './record-result.ts'
import {
  makeSensorFolders,
  publishAll,
  sensorModels,
  sketchRows,
  writeKeptRows,
  type SensorModel,
} from './sensor-zoo.ts'
import { sharedFolder } from './shared-folder.ts'

const MIXTURES = 20
const THRESHOLDS: readonly Threshold[] = ['auto', 0.3, 0.25, 0.2, 0.15]

/** What came of one mixture at one threshold. */
interface Served {
  readonly models: number
  readonly share: number
  readonly bestSingleShare: number
  readonly routed: number
  readonly averaged: number
}

interface Mixture {
  readonly tables: readonly [string, string]
  /** Accuracy of the model that fits best. */
  readonly first: number
  /** Accuracy of the best candidate, known only afterwards. */
  readonly best: number
  /** One for each threshold. */
  readonly served: readonly Served[]
}

const startedAt = performance.now()
const shared = sharedFolder()
const scratch = mkdtempSync(join(tmpdir(), 'bench-bundle-'))
const dsads = sensorModels(shared, 'dsads')
const splits = sensorSplits(shared)
const zoo = new Map(manifestModels(join(shared, 'zoo/har')).map(model => [model.id, model]))

try {
  const catalog = await publishedZoo()
  const mixtures: Mixture[] = []
  for (const [a, b] of mixedTables()) mixtures.push(await served(catalog, a, b))
  await catalog.close()
  record(mixtures)
} finally {
  rmSync(scratch, { recursive: true })
}

async function publishedZoo(): Promise<Catalog> {
  const rows = join(scratch, 'rows')
  const ids = dsads.map(({ id }) => id)
  mkdirSync(rows)
  makeSensorFolders(shared, join(scratch, 'zoo'), 'dsads')
  await writeKeptRows(shared, ids, { folder: rows })
  await sketchRows(rows, ids, { suffix: '.sketch' })
  const paths = { folders: join(scratch, 'zoo'), sketchOf: (id: string) => join(rows, `${id}.sketch`) }
  await (await publishAll(join(scratch, 'hub'), dsads, paths)).close()
  return openCatalog(join(scratch, 'hub'), {})
}

function partsOf(id: string): { readonly part: string; readonly person: string } {
  const words = id.split('_')
  return { part: words.slice(1, -1).join('_'), person: words.at(-1)! }
}

/** Each of the first tables with one of another body part and another person. */
function mixedTables(): [SensorModel, SensorModel][] {
  const other = (a: SensorModel, b: SensorModel) =>
    partsOf(a.id).part !== partsOf(b.id).part && partsOf(a.id).person !== partsOf(b.id).person
  return Array.from({ length: MIXTURES }, (_, i) => {
    const a = dsads[(2 * i) % dsads.length]
    const partners = dsads.filter(b => other(a, b))
    return [a, partners[(5 * i) % partners.length]]
  })
}

async function served(catalog: Catalog, a: SensorModel, b: SensorModel): Promise<Mixture> {
  const persons = [a, b].map(({ id }) => partsOf(id).person)
  const known = ({ id }: SensorModel) => persons.includes(partsOf(id).person)
  const candidates = dsads.filter(model => !known(model))
  let cells: Int32Array = new Int32Array(0)
  const { sketch } = await sketchData([await mixed(a.id, b.id)], { onCells: found => (cells = found) })
  const domains = await loadCandidates(catalog, { exclude: dsads.filter(known).map(({ name }) => name) })
  const rows = scaled([await keptSensorRows(shared, a.id, splits), await keptSensorRows(shared, b.id, splits)]).all
  const answers = new Map<string, LabelledAnswers>()
  for (const { id, name } of candidates) answers.set(name, await answersOf(id, rows))
  const single = new Map([...answers].map(([name, answer]) => [name, accuracyOf(answer, rows)]))
  const [first] = searchDomains(sketch, domains, DEFAULT_PARAMETERS).ranked
  return {
    tables: [a.id, b.id],
    first: single.get(first.candidate.name)!,
    best: Math.max(...single.values()),
    served: THRESHOLDS.map(threshold => {
      const bundle = targetBundle(sketch, domains, { ...DEFAULT_PARAMETERS, threshold })
      const { models, share, bestSingle, route, covering } = bundle
      // Where nothing is covered there is no bundle: the model that fits best serves all.
      const members =
        models.length > 0 ? models.map(({ model }) => answers.get(model)!) : [answers.get(first.candidate.name)!]
      const routeOf = (part: number) => [Math.max(0, route[part])]
      const accuracy = (ask: (part: number) => readonly number[]) =>
        accuracyOf(combineAnswers(members, Array.from(cells, ask)), rows)
      const averaged = accuracy(part => (covering[part].length > 0 ? covering[part] : routeOf(part)))
      return { models: members.length, share, bestSingleShare: bestSingle, routed: accuracy(routeOf), averaged }
    }),
  }
}

async function mixed(a: string, b: string): Promise<string> {
  const [first, second] = [a, b].map(id => `read_parquet('${join(scratch, 'rows', `${id}.parquet`)}')`)
  const file = join(scratch, 'mixture.parquet')
  const connection = await (await DuckDBInstance.create()).connect()
  await connection.run(
    `copy (select * from ${first} union all by name select * from ${second}) to '${file}' (format parquet)`,
  )
  connection.disconnectSync()
  return file
}

async function answersOf(id: string, rows: RunRows): Promise<LabelledAnswers> {
  const model = zoo.get(id)!
  return { labels: model.labels, probabilities: (await (await model.open()).answer(rows)).probabilities }
}

function accuracyOf({ labels, probabilities }: LabelledAnswers, rows: RunRows): number {
  const predicted = mostProbable(probabilities)
  return predicted.filter((label, row) => labels[label] === rows.labels[row]).length / rows.rows
}

function signed({ low, high }: Interval): string {
  return `${low.toFixed(3)} to ${high.toFixed(3)}`
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The place of the threshold that serves the mixtures without these tables best. */
function chosenElsewhere({ tables }: Mixture, mixtures: readonly Mixture[]): number {
  const others = mixtures.filter(other => !other.tables.some(table => tables.includes(table)))
  const means = THRESHOLDS.map((_, t) => mean(others.map(other => other.served[t].routed)))
  return means.indexOf(Math.max(...means))
}

function record(mixtures: readonly Mixture[]): void {
  const best = mean(mixtures.map(mixture => mixture.best))
  const byDefault = mixtures.map(({ served }) => served[THRESHOLDS.indexOf('auto')])
  const chosen = mixtures.map(mixture => mixture.served[chosenElsewhere(mixture, mixtures)])
  const wins = mixtures.filter((mixture, i) => byDefault[i].routed > mixture.best).length
  const losses = mixtures.filter((mixture, i) => byDefault[i].routed < mixture.first).length
  const line = (name: string, all: readonly Served[]) => [
    name,
    mean(all.map(({ models }) => models)),
    mean(all.map(({ bestSingleShare }) => bestSingleShare)),
    mean(all.map(({ share }) => share)),
    mean(all.map(({ routed }) => routed)),
    mean(all.map(({ averaged }) => averaged)),
  ]
  const table = [
    ...THRESHOLDS.map((threshold, t) =>
      line(
        String(threshold),
        mixtures.map(({ served }) => served[t]),
      ),
    ),
    line('chosen on the other mixtures', chosen),
  ]
  const first = mean(mixtures.map(mixture => mixture.first))
  const routed = mean(byDefault.map(one => one.routed))
  const [overBest, overFirst] = bootstrapMeans(
    [
      mixtures.map((mixture, i) => byDefault[i].routed - mixture.best),
      mixtures.map((mixture, i) => byDefault[i].routed - mixture.first),
    ],
    mixtures.map(({ tables }) => tables.join(' + ')),
    seededRandom(1),
  )
  recordResult({
    name: 'bundle',
    question: 'Does a bundle serve a mixture of two tables better than the best single model?',
    command: 'npm run bench:bundle',
    startedAt,
    bars: [
      {
        name: 'accuracy of the routed bundle (auto) less that of the best single model, known only afterwards,',
        ...{ value: routed - best, bar: 0, must: 'atLeast' },
      },
      { name: 'the same less that of the model that fits best', value: routed - first, bar: 0, must: 'atLeast' },
      { name: 'its lower end, 95 % bootstrap over mixtures', value: overFirst.low, bar: 0, must: 'atLeast' },
    ],
    markdown: [
      `${mixtures.length} mixtures of two DSADS tables of other body parts and other persons; candidates: the models of all ` +
        `other persons. Mean accuracy of the model that fits best **${first.toFixed(3)}**, of the best single model, known ` +
        `only afterwards, **${best.toFixed(3)}**, of the routed bundle as it is by default (auto) **${routed.toFixed(3)}**: ` +
        `${signed(overBest)} on the best single model (above it for ${wins} of ${mixtures.length} mixtures), ${signed(overFirst)} ` +
        `on the model that fits best (below it for ${losses}); 95 % bootstrap intervals over mixtures.`,
      markdownTable(
        ['threshold', 'models', 'covered by the best alone', 'covered by the bundle', 'routed', 'averaged'],
        table.map(([name, ...values]) => [String(name), ...values.map(value => Number(value).toFixed(3))]),
      ),
      'Every model gets the rows as zoo/har asks, scaled by the least and greatest of the mixture. With auto a model ' +
        'covers a part where it matches and comes as near as the nearest candidate, up to what sampling adds; with a number ' +
        'where its JS is no greater. The last line takes, for each mixture, the threshold that is best on the mixtures without its tables.',
    ].join('\n\n'),
    figures: { mixtures, thresholds: THRESHOLDS },
  })
}
