/**
 * How long does a search of a hub take, as a user has it: the catalog, the index and the comparison of what was found?
 *
 *   tsx bench/hub-scale.ts 1000 10000 100000
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hub, type SearchOptions, type SearchResult } from '../src/hub/index.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult, type Bar } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'
import { simulatedTarget, writeSimulatedCatalog } from './simulated-catalog.ts'
import { simulatedHub, type SimulatedHub } from './simulated-hub.ts'
import { processorMs } from './simulated-index.ts'

const SEED = 1
const BINS = 31
const TARGETS = 30
const WARM_UP = 3

interface Times {
  readonly processorMs: number
  readonly wallMs: number
}

const startedAt = performance.now()
const sizes = process.argv.slice(2).map(Number)
const shared = sharedFolder()
const scratch = mkdtempSync(join(process.env.SCRATCH ?? tmpdir(), 'bench-hub-'))

try {
  const simulated = await simulatedHub(shared, { seed: SEED, bins: BINS })
  const measured: Measured[] = []
  for (const models of sizes) {
    measured.push(await measure(simulated, models))
    process.stderr.write(`${models}: measured\n`)
  }
  recordResult({
    name: sizes.includes(1_000_000) ? 'hub-scale-million' : 'hub-scale',
    question: 'How long does a search of a hub take, as a user has it?',
    command: `npm run bench:hub-scale -- ${sizes.join(' ')}`,
    startedAt,
    bars: measured.flatMap(barsOf),
    markdown: [
      `Simulated hubs (81 features of 32 bins) in a catalog of SQLite; \`hub.search\` by JS, top 10, ${TARGETS} targets, through the index; processor ms (wall ms). The models that are found are read from the catalog and compared exactly.`,
      table(measured),
      'The first search of all reads every model from the catalog and writes the index. After a write to the hub, the next search reads the list of models from the catalog again, and of the index what is new. A hub that nobody has written to is opened from the files alone.',
    ].join('\n\n'),
    figures: measured,
  })
} finally {
  rmSync(scratch, { recursive: true })
}

async function measure(simulated: SimulatedHub, models: number) {
  const place = join(scratch, String(models))
  await writeSimulatedCatalog(simulated, place, { models, parts: false })
  process.stderr.write(`${models}: written\n`)
  const targets = Array.from({ length: TARGETS + WARM_UP }, (_, i) =>
    simulatedTarget(simulated, i, { models, parts: false }),
  )
  const ask = async (hub: Hub, target: number, options: SearchOptions = {}) => {
    const found: { result?: SearchResult } = {}
    const times = await timed(async () => {
      found.result = await hub.search(targets[target], { metric: 'js', engine: 'block', ...options })
    })
    return { ...times, result: found.result! }
  }
  const built = await Hub.open(place)
  const { result: first, ...build } = await ask(built, 0)
  process.stderr.write(`${models}: built\n`)
  await built.yank('simulated/m0000001@1')
  const { result: _, ...changed } = await ask(built, 0)
  await built.close()

  const opened: { hub?: Hub } = {}
  const open = await timed(async () => {
    opened.hub = await Hub.open(place)
    await opened.hub.search(targets[0], { metric: 'js', engine: 'block', excludeModels: [] })
  })
  const hub = opened.hub!
  const { result: again, ...second } = await ask(hub, 0)
  requireSame(first, again)
  const searches: Times[] = []
  for (let i = 0; i < targets.length; i++) searches.push(await ask(hub, i))
  const filtered: Times[] = []
  for (let i = 0; i < WARM_UP + 7; i++) filtered.push(await ask(hub, i, { where: 'sourceAccuracy >= 0.7' }))
  await hub.close()
  rmSync(place, { recursive: true })
  return {
    ...{ models, build, changed, open, second },
    search: quantiles(searches.slice(WARM_UP)),
    filtered: quantiles(filtered.slice(WARM_UP)),
  }
}

type Measured = Awaited<ReturnType<typeof measure>>

async function timed(work: () => Promise<unknown>): Promise<Times> {
  const [processor, wall] = [processorMs(), performance.now()]
  await work()
  return { processorMs: processorMs() - processor, wallMs: performance.now() - wall }
}

function requireSame(a: SearchResult, b: SearchResult): void {
  const names = ({ results }: SearchResult) => results.map(({ model }) => model).join()
  if (names(a) !== names(b)) throw new Error('the index that was opened finds other models than the one that was built')
}

function quantiles(all: readonly Times[]) {
  const at = (share: number, of: (one: Times) => number) =>
    all.map(of).sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(share * all.length))]
  const both = (share: number): Times => {
    return { processorMs: at(share, one => one.processorMs), wallMs: at(share, one => one.wallMs) }
  }
  return { p50: both(0.5), p95: both(0.95) }
}

/** The bars of the index alone (`bench:scale`), kept by the whole search. */
function barsOf({ models, open, second, search, build }: Measured): Bar[] {
  const bars: Bar[] = [
    {
      name: `${models}: open, processor ms without the search itself`,
      value: open.processorMs - second.processorMs,
      bar: 1000,
      must: 'atMost',
    },
    {
      name: `${models}: models built a second`,
      value: (1000 * models) / build.processorMs,
      bar: 3000,
      must: 'atLeast',
    },
  ]
  const name = `${models}: p50 of a search, processor ms`
  if (models === 100_000) bars.push({ name, value: search.p50.processorMs, bar: 60, must: 'atMost' })
  return bars
}

function table(measured: readonly Measured[]): string {
  const row = (name: string, of: (one: Measured) => Times) => [
    name,
    ...measured.map(one => `${of(one).processorMs.toFixed(0)} (${of(one).wallMs.toFixed(0)})`),
  ]
  return markdownTable(
    ['', ...measured.map(({ models }) => `${models} models`)],
    [
      row('first search of all: the index is made', m => m.build),
      row('first search after a write to the hub', m => m.changed),
      row('hub opened, index opened, first search', m => m.open),
      row('the same search again', m => m.second),
      row('search, p50', m => m.search.p50),
      row('search, p95', m => m.search.p95),
      row('search with a where condition, p50', m => m.filtered.p50),
    ],
  )
}
