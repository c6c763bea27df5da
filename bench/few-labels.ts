/**
 * What do a few labels of random rows and the prediction without labels tell together, beside each alone? Decides the
 * targets of the kept score matrices by a default that was learned without their family.
 *
 *   npm run bench:few-labels          (matrices and predictions: npm run bench:matrix)
 */
import { fileURLToPath } from 'node:url'
import { keptPredictions, matrixTargets } from './decision/matrix-targets.ts'
import { defaultElsewhere } from './decision/without-history.ts'
import { familyOf, viewsOf } from './evaluation/matrix-view.ts'
import { fewLabels, WAYS, type FewLabels } from './labelling/few-labels.ts'
import { markdownTable } from './markdown-table.ts'
import { keptMatrix, RUNS } from './matrix/kept-matrix.ts'
import { recordResult, shortNumber } from './record-result.ts'

const MATRICES = fileURLToPath(new URL('../.cache/matrix', import.meta.url))
const LABELS = [0, 5, 10, 20, 50]
const SEEDS = 3

const startedAt = performance.now()
const views = Object.keys(RUNS).flatMap(name => {
  const matrix = keptMatrix(name)
  if (!matrix) return []
  const predictions = keptPredictions(MATRICES, name)
  // The other views leave candidates out of the same targets.
  const [view] = viewsOf(matrix)
  return [{ view, predictions, targets: matrixTargets(view, predictions) }]
})

/** What labelled rows tell is accuracy: workloads that are judged by F1 have no such labels to be joined with. */
const isAccuracy = ({ view, targets }: (typeof views)[number]) =>
  !view.name.startsWith('entity-matching') && targets.some(({ agreement }) => agreement !== undefined)

const families = [...new Set(views.map(({ view }) => familyOf(view.matrix.name)))]
const defaults = new Map(families.map(family => [family, defaultElsewhere(family, views)]))

const found = views.filter(isAccuracy).flatMap(({ view, targets, predictions }) => {
  const shipped = defaults.get(familyOf(view.matrix.name))!
  return targets.map(target => ({
    workload: view.name,
    outcomes: LABELS.map(labels => fewLabels(target, predictions.get(target.name)!, { shipped, labels, seeds: SEEDS })),
  }))
})
const workloads = [...new Set(found.map(({ workload }) => workload))]
const few = LABELS.filter(labels => labels >= 5)

recordResult({
  name: 'few-labels',
  question: 'What do a few random labels and the prediction without them tell together?',
  command: 'npm run bench:few-labels',
  startedAt,
  bars: few.flatMap(labels => {
    const of = (way: 'joint' | 'labels' | 'predicted') => mean(outcomesOf(labels).map(({ regret }) => regret[way]))
    const bar = Number(Math.min(of('labels'), of('predicted')).toFixed(4))
    return {
      name: `regret, ${labels} labels joined with the prediction`,
      value: of('joint'),
      bar,
      must: 'atMost' as const,
    }
  }),
  markdown: [
    `${found.length} targets; mean of ${SEEDS} draws of rows each. Regret: accuracy lost by the first. Coverage: share of models ` +
      'whose accuracy on all rows lies in its interval (nominal: 90 % of the prediction and the joint one, 95 % of Wilson’s from labels alone).',
    'Bars: the better of labels alone and the prediction alone.',
    markdownTable(
      [
        'labels',
        ...WAYS.flatMap(way => [`regret, ${way}`]),
        ...WAYS.flatMap(way => [`coverage, ${way}`, `width, ${way}`]),
      ],
      LABELS.map(labels => line(String(labels), outcomesOf(labels))),
    ),
    'Regret by workload:',
    markdownTable(
      ['workload', 'targets', 'predicted', ...few.flatMap(labels => [`${labels}: labels`, `${labels}: joint`])],
      workloads.map(workload => [
        workload,
        String(found.filter(one => one.workload === workload).length),
        shortNumber(mean(outcomesOf(0, workload).map(({ regret }) => regret.predicted))),
        ...few.flatMap(labels =>
          (['labels', 'joint'] as const).map(way =>
            shortNumber(mean(outcomesOf(labels, workload).map(({ regret }) => regret[way]))),
          ),
        ),
      ]),
    ),
  ].join('\n\n'),
  figures: { labels: LABELS, targets: found },
})

function outcomesOf(labels: number, workload?: string): FewLabels[] {
  const at = LABELS.indexOf(labels)
  return found.flatMap(one => (workload === undefined || one.workload === workload ? [one.outcomes[at]] : []))
}

function line(name: string, outcomes: readonly FewLabels[]): string[] {
  return [
    name,
    ...WAYS.map(way => shortNumber(mean(outcomes.map(({ regret }) => regret[way])))),
    ...WAYS.flatMap(way => [
      shortNumber(mean(outcomes.map(({ coverage }) => coverage[way]))),
      shortNumber(mean(outcomes.map(({ width }) => width[way]))),
    ]),
  ]
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
