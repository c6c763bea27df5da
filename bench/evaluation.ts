/**
 * How well does every signal rank the models of every workload? All that can be told of a candidate, from sketches, from
 * running it and from labels, beside what does not look at the target's data.
 *
 *   npm run bench -- WORKLOAD…      only those
 *   npm run bench -- --kept         from the score matrices that are there
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { costCurves } from './evaluation/cost-curves.ts'
import { evaluationPage } from './evaluation/evaluation-page.ts'
import { bestTable, summaryTable, viewTable } from './evaluation/evaluation-tables.ts'
import { fusedOnViews } from './evaluation/fused-views.ts'
import { harnessBar, harnessParts, harnessTable } from './evaluation/harness-cost.ts'
import { matrixParquet } from './evaluation/matrix-table.ts'
import { viewsOf } from './evaluation/matrix-view.ts'
import { measureView } from './evaluation/measured-view.ts'
import { publishedTable } from './evaluation/published.ts'
import { markdownTable } from './markdown-table.ts'
import { keptMatrix, keptPredictions, WORKLOADS } from './matrix/kept-matrix.ts'
import { makeMatrices } from './matrix/make-matrices.ts'
import type { ScoreMatrix } from './matrix/score-matrix.ts'
import { recordResult, RESULTS } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'

const startedAt = performance.now()
const shared = sharedFolder()
const flags = process.argv.slice(2)
const asked = flags.filter(flag => flag !== '--kept')
const names = WORKLOADS.filter(name => asked.length === 0 || asked.includes(name))
const kept = flags.includes('--kept')
if (!kept) await makeMatrices(names)

const matrices = names.flatMap(name => keptMatrix(name) ?? [])
const views = matrices.flatMap(viewsOf)
const fused = fusedOnViews(views, name => process.stderr.write(`${name}: decided\n`))
const measured = views.map(view => measureView(view, { all: matrices, fused: fused.get(view)! }))
const curves = new Map(
  measured.map(({ view }) => [view.name, costCurves(view, keptPredictions(view.matrix.name))] as const),
)
writeFileSync(join(RESULTS, 'evaluation-matrix.parquet'), matrixParquet(matrices))
const published = publishedTable(shared, measured)
writeFileSync(join(RESULTS, 'evaluation.html'), await evaluationPage(measured, { curves, published }))

const parts = harnessParts(matrices, startedAt)
const bar = harnessBar(parts)
recordResult({
  name: 'evaluation',
  question: 'How well does every signal rank the models of every workload?',
  command: ['npm run bench', ...(flags.length > 0 ? ['--', ...flags] : [])].join(' '),
  startedAt,
  bars: bar ? [bar] : [],
  markdown: [
    'Regret is the accuracy, in entity matching the F1, lost against the best candidate. Intervals: 95 %, bootstrap over ' +
      'targets, those of one person or one twin drawn together. Random: expected values. Nothing was tuned on these targets.',
    [...matrices.map(matrixLine), ...names.filter(isMissing).map(name => `- ${name}: not measured.`)].join('\n'),
    '## What it takes',
    'Each part as it was made last, whatever else the machine did: the clock then says more than the part takes.',
    harnessTable(parts),
    '## Overview',
    'The best of each kind, by mean regret. It is chosen on these very targets: a bound of what one signal can do, not ' +
      'what a user gets. The decisions are one way each, whatever the target: what a user gets with a history of the other targets, and without.',
    bestTable(measured),
    'The 2020 paper’s measures, as published (mean Pearson over its targets, sign of divergences turned) and on the data ' +
      'here, with the default that stands beside each.',
    markdownTable(published.head, published.rows),
    'Mean regret (mean Pearson).',
    summaryTable(measured),
    ...measured.flatMap(one => {
      const { head, rows } = viewTable(one)
      return [`## ${one.view.name}`, `${one.view.about}.`, markdownTable(head, rows)]
    }),
  ].join('\n\n'),
  figures: {
    ...Object.fromEntries(
      measured.map(({ view, signals }) => [view.name, { signals, costCurves: curves.get(view.name) }]),
    ),
    harness: parts,
  },
})

function matrixLine({ name, about, truth, durationSeconds, targets }: ScoreMatrix): string {
  const pairs = targets.reduce((sum, target) => sum + target.pairs.length, 0)
  return `- ${name}: ${about}. Truth: ${truth}. ${targets.length} targets, ${pairs} pairs${durationSeconds ? `, made in ${durationSeconds} s` : ''}.`
}

function isMissing(name: string): boolean {
  return matrices.every(matrix => matrix.name !== name)
}
