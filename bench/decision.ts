/**
 * How good is the decision: its order, its predicted values and their intervals, with a history and without? Decides
 * every target of the kept score matrices by what is learned from others.
 *
 *   npm run bench:decision [-- WORKLOAD…]    the named workloads anew, the others as they were decided last
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FIVE_VIEWS, fiveTable, historyBars, historyTable, intervalTable } from './decision/decision-tables.ts'
import { cannotTellTable, certaintyTable, pooledTable } from './decision/certainty.ts'
import { defaultBars, defaultTable } from './decision/default-tables.ts'
import { keptPredictions, matrixTargets } from './decision/matrix-targets.ts'
import { fiveStudy, fiveStudyTable } from './decision/five-study.ts'
import type { TargetOutcome, ViewOutcome } from './decision/outcome.ts'
import { viewOutcome } from './decision/view-outcome.ts'
import { withoutHistory, type LookedView } from './decision/without-history.ts'
import { writeDefault } from './decision/write-default.ts'
import { viewsOf } from './evaluation/matrix-view.ts'
import type { TargetPredictions } from './matrix/predictions.ts'
import { keptMatrix, RUNS } from './matrix/kept-matrix.ts'
import { recordResult } from './record-result.ts'

const MATRICES = fileURLToPath(new URL('../.cache/matrix', import.meta.url))
const DECIDED = fileURLToPath(new URL('../.cache/decision', import.meta.url))

interface PredictedView extends LookedView {
  readonly predictions: ReadonlyMap<string, TargetPredictions>
}

const startedAt = performance.now()
const asked = process.argv.slice(2)
const views = Object.keys(RUNS).flatMap((name): PredictedView[] => {
  const matrix = keptMatrix(name)
  if (!matrix) return []
  const predictions = keptPredictions(MATRICES, name)
  return viewsOf(matrix).map(view => ({ view, predictions, targets: matrixTargets(view, predictions) }))
})

function decided({ view, targets }: LookedView): ViewOutcome {
  mkdirSync(DECIDED, { recursive: true })
  const file = join(DECIDED, `${view.name}.json`)
  const isAsked = asked.length === 0 || asked.includes(view.name.split(',')[0])
  if (!isAsked && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as ViewOutcome
  const outcome = viewOutcome(view, targets, byDefault.get(view.name)!.learned)
  process.stderr.write(`${view.name}: ${outcome.seconds} s\n`)
  writeFileSync(file, JSON.stringify(outcome))
  return outcome
}

const byDefault = withoutHistory(views)
const outcomes = views.map(decided)
const studies = new Map(
  views.flatMap(({ view, targets, predictions }) => {
    if (!FIVE_VIEWS.includes(view.name)) return []
    const { fiveRun } = outcomes.find(one => one.view === view.name)!
    return [[view.name, fiveStudy({ targets, outcomes: fiveRun, predictions })] as const]
  }),
)
writeDefault(views)

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
    'Over all workloads:',
    pooledTable(outcomes),
    'What so many targets can show at all. *Certifiable*: where targets differ as they do here, the smallest loss that a decision which loses nothing could be shown to stay under: how far the interval reaches above its mean. Targets of one group (a person, images of one data set) are no independent data. A workload whose losses are 0 throughout shows no spread, and its interval no doubt: that is no certainty, where targets are few.',
    certaintyTable(outcomes),
    '## Intervals and verdicts, with a history',
    intervalTable(outcomes.map(({ view, withHistory }) => ({ view, outcomes: withHistory }))),
    cannotTellTable(outcomes),
    '## Five run, no labels',
    'Mean regret of the first before anything is run, of the one chosen after five were run, and of the best of the five, below which nothing can come.',
    fiveTable(outcomes),
    'What bounds the choice among the five, where there is a bar. The mix is a ridge regression on all signals of the five that was fitted to the truth of these very targets (least squares, not least regret), which a rule learned on others is unlikely to beat. With half the labels: the candidate that is best on one half of the rows, scored on the other half (20 random halves); what a choice that knows labels still loses there is mostly the noise of the truth, greater on half of the rows than on all.',
    fiveStudyTable(studies),
    '## Without a history',
    'Learned from the other workloads: levels, errors, and the settings of the order (sharpness of the votes and the gate of coverage, of 49), which are chosen by what they cost there. *As shipped*: with the settings chosen over all workloads, the reported one too. No guarantee is claimed for the intervals.',
    defaultTable(byDefault),
    intervalTable(Array.from(byDefault, ([view, { outcomes: all }]) => ({ view, outcomes: all }))),
  ].join('\n\n'),
  figures: {
    withHistory: Object.fromEntries(outcomes.map(({ view, withHistory }) => [view, withHistory.map(kept)])),
    fiveStudy: Object.fromEntries(studies),
    fiveRun: Object.fromEntries(outcomes.map(({ view, fiveRun }) => [view, fiveRun])),
    withoutHistory: Object.fromEntries(Array.from(byDefault, ([view, { outcomes: all }]) => [view, all.map(kept)])),
  },
})
