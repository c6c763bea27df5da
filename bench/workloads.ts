/**
 * How well are the models of every workload ranked? Each data set of a zoo is a target for the models of the others;
 * both spaces, every metric, and the baselines, in one table.
 *
 *   npm run bench:workloads
 */
import { skewWorkloads, transferWorkload } from './image-workloads.ts'
import { markdownTable } from './markdown-table.ts'
import { QUALITY_COLUMNS } from './quality-table.ts'
import type { RankingQuality } from './ranking-quality.ts'
import { recordResult, shortNumber } from './record-result.ts'
import { sensorWorkload } from './sensor-workload.ts'
import { sharedFolder } from './shared-folder.ts'
import { entityWorkloads, textWorkloads } from './text-workloads.ts'
import { workloadQualities } from './workload-quality.ts'
import type { Workload } from './workload.ts'

interface Measured {
  readonly name: string
  readonly about: string
  readonly qualities: ReadonlyMap<string, RankingQuality>
}

const startedAt = performance.now()
const shared = sharedFolder()
const measured: Measured[] = []
const measure = (workload: Workload) => {
  const qualities = workloadQualities(workload)
  measured.push({ name: workload.name, about: workload.about, qualities })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  process.stderr.write(
    `${workload.name}: fit loses ${shortNumber(qualities.get('joint: fit')!.meanRegret)}, ${seconds} s\n`,
  )
}

measure(await sensorWorkload(shared))
for (const workload of await textWorkloads(shared)) measure(workload)
for (const workload of await entityWorkloads(shared)) measure(workload)
for (const workload of await skewWorkloads(shared)) measure(workload)
measure(await transferWorkload(shared))

const skewed = measured.find(({ name }) => name === 'cifar-skew')!.qualities.get('joint: fit')!
recordResult({
  name: 'workloads',
  question: 'How well are the models of every workload ranked?',
  command: 'npm run bench:workloads',
  startedAt,
  bars: [{ name: 'cifar-skew: mean regret of fit', value: skewed.meanRegret, bar: 0.02, must: 'atMost' }],
  markdown: [
    'Mean regret (mean Pearson), all signals by all workloads. Regret is the accuracy, in entity matching the F1, lost ' +
      'against the best candidate. Joint: default sketches. Paper: sketches of the `paper` profile, numbers pooled, ' +
      'words (300 a model) compared in the joint space. Ties go to the first of the manifest; a signal that says the ' +
      'same of all models is left out. The defaults have seen some of these targets: cells of 40 rows and the fit were ' +
      'chosen on DSADS, 20,000 words on text-sentiment, the image descriptor on cifar-skew. Nothing was changed for ' +
      'this table.',
    summary(),
    measured.map(({ name, about }) => `- ${name}: ${about}.`).join('\n'),
    'All figures. Random: expected values. A target on which a signal is constant counts as correlation 0.',
    allFigures(),
  ].join('\n\n'),
  figures: Object.fromEntries(measured.map(({ name, qualities }) => [name, Object.fromEntries(qualities)])),
})

function summary(): string {
  const signals = [...new Set(measured.flatMap(({ qualities }) => [...qualities.keys()]))]
  const cell = (quality: RankingQuality | undefined) =>
    quality ? `${quality.meanRegret.toFixed(4)} (${quality.pearson.toFixed(2)})` : '–'
  return markdownTable(
    ['signal', ...measured.map(({ name }) => name)],
    ordered(signals).map(signal => [signal, ...measured.map(({ qualities }) => cell(qualities.get(signal)))]),
  )
}

/** Joint, then pooled, then words, then the baselines. */
function ordered(signals: readonly string[]): string[] {
  const rank = (signal: string) => ['joint', 'paper, pooled', 'paper, words'].findIndex(kind => signal.startsWith(kind))
  return [...signals].sort((a, b) => ((rank(a) + 4) % 4) - ((rank(b) + 4) % 4))
}

function allFigures(): string {
  return markdownTable(
    ['workload', 'signal', ...QUALITY_COLUMNS.map(([name]) => name)],
    measured.flatMap(({ name, qualities }) =>
      [...qualities].map(([signal, quality]) => [name, signal, ...QUALITY_COLUMNS.map(([, cell]) => cell(quality))]),
    ),
  )
}
