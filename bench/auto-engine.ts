/**
 * From how many models on is the index cheaper than comparing all? What `--engine auto` goes by.
 *
 *   tsx bench/auto-engine.ts
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hub } from '../src/hub/index.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'
import { simulatedTarget, writeSimulatedCatalog } from './simulated-catalog.ts'
import { simulatedHub } from './simulated-hub.ts'
import { processorMs } from './simulated-index.ts'

const SEED = 1
const BINS = 31
/** Hubs of so many models, unless told. */
const SIZES = [10, 20, 40, 80, 120, 160, 240, 480]
const TARGETS = Number(process.env.TARGETS ?? 3)
const METRICS = ['js', 'fit'] as const
const ENGINES = ['exact', 'block'] as const

interface Cost {
  readonly metric: (typeof METRICS)[number]
  readonly engine: (typeof ENGINES)[number]
  /** Median processor ms of opening the hub and searching once, as a process of its own does. */
  readonly once: number
  /** Median processor ms of a search of an open hub. */
  readonly again: number
  /** Share of the first ten of comparing all. */
  readonly recall: number
}

const startedAt = performance.now()
const shared = sharedFolder()
const scratch = mkdtempSync(join(process.env.SCRATCH ?? tmpdir(), 'bench-auto-'))

try {
  const simulated = await simulatedHub(shared, { seed: SEED, bins: BINS })
  const measured: { readonly models: number; readonly costs: readonly Cost[] }[] = []
  const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : SIZES
  for (const models of sizes) {
    const place = join(scratch, String(models))
    await writeSimulatedCatalog(simulated, place, { models, parts: true })
    const targets = Array.from({ length: TARGETS }, (_, i) => simulatedTarget(simulated, i, { models, parts: true }))
    const costs: Cost[] = []
    for (const metric of METRICS)
      for (const engine of ENGINES) costs.push(await costOf(place, { metric, engine, targets }))
    measured.push({ models, costs })
    const said = costs.map(
      ({ metric, engine, once, again }) => `${metric} ${engine} ${once.toFixed(0)} ${again.toFixed(0)}`,
    )
    process.stderr.write(`${models}: ${said.join(', ')}\n`)
  }
  const crossing = (metric: string, of: (cost: Cost) => number) =>
    measured.find(({ costs }) => {
      const [exact, block] = ENGINES.map(engine => costs.find(one => one.metric === metric && one.engine === engine)!)
      return of(block) < of(exact)
    })?.models
  recordResult({
    name: 'auto-engine',
    question: 'From how many models on is the index cheaper than comparing all?',
    command: 'npm run bench:auto-engine',
    startedAt,
    bars: [],
    markdown: [
      `Simulated hubs (81 features of 32 bins, up to 32 clustered partitions), ${TARGETS} targets, top 10; median processor ms. Once: the hub is opened, searched and closed, with an index that is there. Again: a search of the open hub.`,
      markdownTable(
        ['models', ...METRICS.flatMap(m => ENGINES.flatMap(e => [`${m} ${e}, once`, 'again'])), 'fit block, recall@10'],
        measured.map(({ models, costs }) => [
          String(models),
          ...costs.flatMap(({ once, again }) => [once.toFixed(0), again.toFixed(0)]),
          costs[costs.length - 1].recall.toFixed(2),
        ]),
      ),
      `The index is cheaper by JS from ${crossing('js', c => c.once)} models on once, from ${crossing('js', c => c.again)} again; by fit from ${crossing('fit', c => c.once)} and ${crossing('fit', c => c.again)}. A process of its own takes some 200 ms of start beside.`,
    ].join('\n\n'),
    figures: measured,
  })
} finally {
  rmSync(scratch, { recursive: true })
}

type Target = ReturnType<typeof simulatedTarget>

async function costOf(
  place: string,
  { metric, engine, targets }: Pick<Cost, 'metric' | 'engine'> & { readonly targets: readonly Target[] },
): Promise<Cost> {
  const names = async (hub: Hub, target: Target, which: Cost['engine']) => {
    const { results } = await hub.search(target, { metric, engine: which })
    return results.map(({ model }) => model)
  }
  const [once, again, recall]: number[][] = [[], [], []]
  for (const target of targets) {
    const built = await Hub.open(place)
    const truth = new Set(await names(built, target, 'exact'))
    await names(built, target, engine)
    await built.close()
    const began = processorMs()
    const hub = await Hub.open(place)
    await names(hub, target, engine)
    once.push(processorMs() - began)
    const warm = processorMs()
    const found = await names(hub, target, engine)
    again.push(processorMs() - warm)
    await hub.close()
    recall.push(found.filter(name => truth.has(name)).length / truth.size)
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
  const meanRecall = recall.reduce((sum, value) => sum + value, 0) / recall.length
  return { metric, engine, once: median(once), again: median(again), recall: meanRecall }
}
