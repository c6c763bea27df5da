/**
 * How many models must a search by fit compare, of those nearest by JS, to find the ten best by fit?
 *
 *   tsx bench/fit-shortlist.ts 1000 10000 100000
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fitPlaces, placesByJs, shortlistRecall, type FitPlaces } from './fit-places.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'
import { allFeatures, buildIndex, openIndex } from './simulated-index.ts'
import { simulatedHub, type SimulatedHub } from './simulated-hub.ts'

const SEED = 1
const BINS = 31
const TARGETS = Number(process.env.FIT_TARGETS ?? 20)
/** Most models that are compared for the truth: comparing 10,000 takes minutes a target. */
const MOST_COMPARED = Number(process.env.FIT_COMPARED ?? 1000)
const SHORTLISTS = [10, 20, 50, 100, 200, 300, 500, 1000]
/** What a search compares for ten results. */
const USED = 100

interface Measured {
  readonly hub: string
  readonly targets: readonly FitPlaces[]
}

const startedAt = performance.now()
const sizes = process.argv.slice(2).map(Number)
const scratch = mkdtempSync(join(process.env.SCRATCH ?? tmpdir(), 'bench-fit-'))

try {
  const hub = await simulatedHub(sharedFolder(), { seed: SEED, bins: BINS })
  const measured: Measured[] = [{ hub: `the ${hub.real.length} sensor tables`, targets: onRealTables(hub) }]
  for (const models of sizes) {
    measured.push({ hub: `${models} simulated`, targets: await onSimulated(hub, models) })
    process.stderr.write(`${models}: compared\n`)
  }
  recordResult({
    name: 'fit-shortlist',
    question: 'How many of the models nearest by JS must be compared to find the best by fit?',
    command: `npm run bench:fit-shortlist -- ${sizes.join(' ')}`,
    startedAt,
    bars: measured.slice(1).map(({ hub: name, targets }) => {
      const value = shortlistRecall(targets, USED)
      return { name: `${name}: recall@10 of the ${USED} nearest`, value, bar: 0.98, must: 'atLeast' }
    }),
    markdown: [
      `Share of the ten best by fit that are among the nearest by JS, mean over the targets; the last columns are the worst place by JS of one of the ten, its p90 over targets, and what one comparison costs. The truth is that of comparing all models, or the nearest ${MOST_COMPARED} by JS in larger hubs. A search for ten compares ${USED}.`,
      table(measured),
    ].join('\n\n'),
    figures: measured,
  })
} finally {
  rmSync(scratch, { recursive: true })
}

/** Each table as the target of all others. */
function onRealTables(hub: SimulatedHub): FitPlaces[] {
  return hub.real.map((target, i) =>
    placesByJs(
      target,
      hub.real.filter((_, other) => other !== i),
      allFeatures(hub),
    ),
  )
}

async function onSimulated(hub: SimulatedHub, models: number): Promise<FitPlaces[]> {
  const folder = join(scratch, String(models))
  mkdirSync(folder)
  await buildIndex(hub, folder, models)
  const index = openIndex(hub, folder, models)
  await index.block.rows.settle()
  const targets = Array.from({ length: TARGETS }, (_, i) => {
    const found = fitPlaces(hub, index, hub.targetParts(i, models), Math.min(models, MOST_COMPARED))
    process.stderr.write(`${models}: target ${i + 1} of ${TARGETS}\n`)
    return found
  })
  index.close()
  rmSync(folder, { recursive: true })
  return targets
}

function table(measured: readonly Measured[]): string {
  return markdownTable(
    ['hub', 'targets', 'compared', ...SHORTLISTS.map(String), 'worst place', 'p90', 'ms a comparison'],
    measured.map(({ hub, targets }) => {
      const worst = targets.map(({ places }) => Math.max(...places)).sort((a, b) => a - b)
      const comparison = targets.reduce((sum, { comparisonMs }) => sum + comparisonMs, 0) / targets.length
      const { compared } = targets[0]
      return [
        ...[hub, String(targets.length), String(compared)],
        ...SHORTLISTS.map(most => (most > compared ? '–' : shortlistRecall(targets, most).toFixed(3))),
        ...[String(worst[worst.length - 1]), String(worst[Math.floor(0.9 * (worst.length - 1))])],
        comparison.toFixed(1),
      ]
    }),
  )
}
