/**
 * What does the answer for one target cost: sketch it, compare it with 84 sensor models, run five of them on up to 2,000
 * rows, print?
 *
 *   npm run bench:decision-cost [-- HUB]     (a hub of bench:sensor-history, for one with a history)
 */
import { DuckDBInstance } from '@duckdb/node-api'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hub, type RankResult } from '../src/hub/index.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult } from './record-result.ts'
import { makeSensorFolders, sensorModels, writeKeptRows } from './sensor-zoo.ts'
import { sharedFolder } from './shared-folder.ts'

const RUNS = 5
/** Tables of one body part whose rows together are more than the sample of 2,000. */
const TABLES = ['dsads_torso_s6', 'dsads_torso_s7', 'dsads_torso_s8']

interface Timed {
  /** From the start of the process to its end. */
  readonly wallMs: number
  /** Of the process and all that it started. */
  readonly cpuMs: number
  readonly stdout: string
}

const startedAt = performance.now()
const shared = sharedFolder()
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'bench-decision-'))

try {
  const hub = await hubWith(process.argv[2])
  const target = await targetOf()
  const rank = (...args: string[]) => modelhub('rank', target, '--hub', hub.place, '--no-cache', '--json', ...args)
  const first = JSON.parse(rank().stdout) as RankResult
  const five = first.results.map(({ model }) => model)
  const variants = {
    whole: () => rank(),
    five: () => rank('--models', five.join(',')),
    one: () => rank('--models', five[0]),
    cached: () => modelhub('rank', target, '--hub', hub.place, '--cache', join(scratch, 'cache'), '--json'),
    sketch: () => modelhub('sketch', target, '-o', join(scratch, 'target.sketch.parquet')),
    start: () => modelhub('--version'),
  }
  variants.cached()
  const timed = rounds(variants)
  report(first, timed, hub)
} finally {
  rmSync(scratch, { recursive: true })
}

type Variant = 'whole' | 'five' | 'one' | 'cached' | 'sketch' | 'start'
type Medians = Readonly<Record<Variant, Omit<Timed, 'stdout'> & { readonly leastMs: number; readonly mostMs: number }>>

/** Every variant once a round, so that all of them meet the same machine; the medians over the rounds. */
function rounds(variants: Readonly<Record<Variant, () => Timed>>): Medians {
  const names = Object.keys(variants) as Variant[]
  const taken = new Map<Variant, Timed[]>(names.map(name => [name, []]))
  for (let round = 0; round < RUNS; round++) {
    for (const name of names) taken.get(name)!.push(variants[name]())
  }
  return Object.fromEntries(
    names.map(name => {
      const walls = taken.get(name)!.map(({ wallMs }) => wallMs)
      const cpuMs = median(taken.get(name)!.map(one => one.cpuMs))
      return [name, { wallMs: median(walls), cpuMs, leastMs: Math.min(...walls), mostMs: Math.max(...walls) }]
    }),
  ) as Medians
}

function report(first: RankResult, timed: Medians, hub: Awaited<ReturnType<typeof hubWith>>): void {
  const { whole, five, one, cached, sketch, start } = timed
  const inRuntime = first.results.map(({ millisecondsPerRow }) => (millisecondsPerRow ?? 0) * first.query.rows)
  const model = { wallMs: (five.wallMs - one.wallMs) / 4, cpuMs: (five.cpuMs - one.cpuMs) / 4 }
  const row = (what: string, { wallMs, cpuMs }: Pick<Timed, 'wallMs' | 'cpuMs'>) => [what, ...[wallMs, cpuMs].map(ms)]
  const difference = (a: Pick<Timed, 'wallMs' | 'cpuMs'>, b: typeof a) => {
    return { wallMs: a.wallMs - b.wallMs, cpuMs: a.cpuMs - b.cpuMs }
  }
  recordResult({
    name: 'decision-cost',
    question: `What does the answer for one target of a hub of ${hub.models} models cost?`,
    command: 'npm run bench:decision-cost',
    startedAt,
    bars: [{ name: `process seconds, median of ${RUNS}`, value: whole.wallMs / 1000, bar: 5, must: 'atMost' }],
    markdown: [
      markdownTable(
        ['', 'ms', 'CPU ms'],
        [
          row('`modelhub rank`, start to printed answer', whole),
          row('the same with every answer of the models in the cache', cached),
          row('start of the process (`--version`)', start),
          row('reading and sketching the target (`modelhub sketch`, less the start)', difference(sketch, start)),
          row('each further model that is run', model),
        ],
      ),
      `Wall time and CPU time (of all processes) are medians of ${RUNS} rounds in which every line is measured once; whole ` +
        `answers took ${ms(whole.leastMs)} to ${ms(whole.mostMs)} ms. Run: ${first.results.length} models on ` +
        `${first.query.rows} of ${first.query.datasetRows} rows; inside ONNX Runtime they spent ` +
        `${ms(inRuntime.reduce((sum, value) => sum + value, 0))} ms together. The history of the hub holds ` +
        `${hub.evaluations} evaluations.`,
    ].join('\n\n'),
    figures: { ...hub, place: undefined, rows: first.query.rows, timed, model, inRuntime },
  })
}

/** A hub of all sensor models: a copy of the one given, or a new one without a history. */
async function hubWith(given: string | undefined) {
  const place = join(scratch, 'hub')
  if (given !== undefined) cpSync(given, place, { recursive: true })
  const hub = await Hub.open(place, { create: true })
  try {
    if (given === undefined) {
      const zoo = join(scratch, 'zoo')
      mkdirSync(zoo)
      makeSensorFolders(shared, zoo, '')
      for (const { id } of sensorModels(shared, '')) await hub.publish({ folder: join(zoo, id) })
    }
    return { place, models: (await hub.list()).length, evaluations: (await hub.history()).length }
  } finally {
    await hub.close()
  }
}

/** The rows of some tables, without labels, in one file. */
async function targetOf(): Promise<string> {
  const target = join(scratch, 'target.parquet')
  await writeKeptRows(shared, TABLES, { folder: scratch })
  const connection = await (await DuckDBInstance.create()).connect()
  const files = TABLES.map(id => `'${join(scratch, `${id}.parquet`)}'`).join(', ')
  await connection.run(`copy (select * from read_parquet([${files}])) to '${target}'`)
  connection.closeSync()
  return target
}

/** Runs the built command line; the shell tells the CPU time of it and of all that it starts. */
function modelhub(...args: string[]): Timed {
  const line = 'TIMEFORMAT="%U %S"; { time "$@" 2>/dev/null; } 2>&3'
  const began = performance.now()
  const times = join(scratch, 'times')
  const stdout = execFileSync('bash', ['-c', `exec 3>"$0"; ${line}`, times, process.execPath, main, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const wallMs = performance.now() - began
  const [user, system] = readFileSync(times, 'utf8').trim().split(' ').map(Number)
  return { wallMs, cpuMs: 1000 * (user + system), stdout }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]
}

function ms(value: number): string {
  return value.toFixed(0)
}
