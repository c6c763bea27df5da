/**
 * How good is the decision: its order, its predicted values and their intervals, with a history and without? Decides
 * every target of the kept score matrices by what is learned from others.
 *
 *   npm run bench:decision [-- WORKLOAD…]    the named workloads anew, the others as they were decided last
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { historyBars, historyTable, fiveTable, intervalTable } from './decision/decision-tables.ts'
import { defaultBars, defaultTable } from './decision/default-tables.ts'
import { keptPredictions, matrixTargets } from './decision/matrix-targets.ts'
import type { TargetOutcome, ViewOutcome } from './decision/outcome.ts'
import { viewOutcome } from './decision/view-outcome.ts'
import { shippedDefault, withoutHistory, type LookedView } from './decision/without-history.ts'
import { viewsOf } from './evaluation/matrix-view.ts'
import { keptMatrix, RUNS } from './matrix/kept-matrix.ts'
import { recordResult } from './record-result.ts'

const MATRICES = fileURLToPath(new URL('../.cache/matrix', import.meta.url))
const DECIDED = fileURLToPath(new URL('../.cache/decision', import.meta.url))
const SHIPPED = fileURLToPath(new URL('../src/decision/generated/default-decision.ts', import.meta.url))

const startedAt = performance.now()
const asked = process.argv.slice(2)
const views = Object.keys(RUNS).flatMap((name): LookedView[] => {
  const matrix = keptMatrix(name)
  if (!matrix) return []
  const predictions = keptPredictions(MATRICES, name)
  return viewsOf(matrix).map(view => ({ view, targets: matrixTargets(view, predictions) }))
})

function decided({ view, targets }: LookedView): ViewOutcome {
  mkdirSync(DECIDED, { recursive: true })
  const file = join(DECIDED, `${view.name}.json`)
  const isAsked = asked.length === 0 || asked.includes(view.name.split(',')[0])
  if (!isAsked && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as ViewOutcome
  const outcome = viewOutcome(view, targets)
  process.stderr.write(`${view.name}: ${outcome.seconds} s\n`)
  writeFileSync(file, JSON.stringify(outcome))
  return outcome
}

const outcomes = views.map(decided)
const byDefault = withoutHistory(views)
const HEADER = `import type { DefaultDecision } from '../default-decision.ts'

/**
 * The default of hubs without a history, learned by \`npm run bench:decision\` from the score matrices of the workloads
 * (${[...new Set(views.map(({ view }) => view.name.split(',')[0]))].join(', ')}).
 */
export const DEFAULT_DECISION: DefaultDecision = `
writeFileSync(SHIPPED, `${HEADER}${JSON.stringify(shippedDefault(views), (_, value: unknown) => rounded(value), 2)}\n`)

/** Six digits; an interval that cannot be told is the whole range. */
function rounded(value: unknown): unknown {
  if (typeof value !== 'number') return value
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : 1
}

/** A target's outcome without the single signals, which are in the evaluation. */
function kept(outcome: TargetOutcome) {
  return { ...outcome, comparators: undefined, sketchPearson: undefined }
}

recordResult({
  name: 'decision',
  question: 'How good is the decision, with a history and without?',
  command: 'npm run bench:decision',
  startedAt,
  bars: [...historyBars(outcomes), ...defaultBars(byDefault)],
  markdown: [
    '## With a history',
    'Each target is decided by what the other targets of its workload teach. *Lost*: regret of the decision less that of the best named comparator, chosen in hindsight; paired bootstrap over groups.',
    historyTable(outcomes),
    '## Intervals and verdicts, with a history',
    intervalTable(outcomes.map(({ view, withHistory }) => ({ view, outcomes: withHistory }))),
    '## Five run, no labels',
    'Mean regret of the first before anything is run, of the one chosen after five were run, and of the best of the five, below which nothing can come.',
    fiveTable(outcomes),
    '## Without a history',
    'Learned from the other workloads: levels, errors, and the settings of the order (sharpness of the votes and the gate of coverage, of 49), which are chosen by what they cost there. *As shipped*: with the settings chosen over all workloads, the reported one too. No guarantee is claimed for the intervals.',
    defaultTable(byDefault),
    intervalTable(Array.from(byDefault, ([view, { outcomes: all }]) => ({ view, outcomes: all }))),
  ].join('\n\n'),
  figures: {
    withHistory: Object.fromEntries(outcomes.map(({ view, withHistory }) => [view, withHistory.map(kept)])),
    fiveRun: Object.fromEntries(outcomes.map(({ view, fiveRun }) => [view, fiveRun])),
    withoutHistory: Object.fromEntries(Array.from(byDefault, ([view, { outcomes: all }]) => [view, all.map(kept)])),
  },
})
