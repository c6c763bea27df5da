import { Option, type Command } from 'commander'
import pc from 'picocolors'
import type { MatchRule } from '../sketch/match-features.ts'
import type { FeatureDrift, SketchDiff } from '../sketch/diff-sketches.ts'
import { printJson, printLine, renderTable } from './print.ts'
import { numberOption } from './reader-options.ts'
import { histogramLine } from './render-explanation.ts'

/** Customary limits of PSI: below the first no drift, above the second a large one. */
const MODERATE_PSI = 0.1
const LARGE_PSI = 0.25
/** Bins drawn of one feature: those of a numeric one; of a text the most frequent words. */
const DRAWN_BINS = 49

interface DiffFlags {
  readonly match: MatchRule
  readonly features: number
  readonly json?: boolean
}

const EXAMPLE = `
JS is the Jensen–Shannon divergence in nats; PSI the population stability index over deciles, smoothed by 1e-4.

Example:
  $ modelhub sketch diff january.sketch.parquet february.sketch.parquet`

/** `modelhub sketch diff`: how two datasets differ, feature by feature. */
export function addSketchDiffCommand(sketch: Command): void {
  sketch
    .command('diff')
    .argument('<first>', 'sketch file')
    .argument('<second>', 'sketch file')
    .description('show how far each feature drifted between two sketches, worst first')
    .addOption(
      new Option('--match <rule>', 'what features match by').choices(['both', 'name', 'distribution']).default('both'),
    )
    .option('--features <n>', 'features to show', numberOption('--features'), 20)
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLE)
    .action(async (first: string, second: string, flags: DiffFlags) => {
      const { loadSketchFile } = await import('../hub/index.ts')
      const { diffSketches } = await import('../sketch/diff-sketches.ts')
      const [a, b] = [await loadSketchFile(first), await loadSketchFile(second)]
      const diff = diffSketches(a.sketch, b.sketch, { match: flags.match })
      if (flags.json) printJson({ first, second, ...diff })
      else printLine(renderDiff(diff, { first, second, features: flags.features }))
    })
}

/** A drift table as a person reads it. */
function renderDiff(
  { rows, meanJs, features, onlyInFirst, onlyInSecond }: SketchDiff,
  { first, second, features: most }: { readonly first: string; readonly second: string; readonly features: number },
): string {
  const shown = features.slice(0, most)
  const lacking = (file: string, names: readonly string[]) =>
    names.length > 0 ? [`only in ${file}: ${names.join(', ')}`] : []
  return [
    pc.bold(`${first} (${rows.first} rows) and ${second} (${rows.second} rows)`),
    `mean JS ${meanJs.toFixed(4)} nats over ${features.length} features; the worst ${shown.length}:`,
    ...(shown.length > 0 ? ['', driftTable(shown), ''] : []),
    ...lacking(first, onlyInFirst),
    ...lacking(second, onlyInSecond),
  ].join('\n')
}

function driftTable(features: readonly FeatureDrift[]): string {
  return renderTable(features, [
    {
      title: 'feature',
      text: ({ feature, other }) => (feature === other ? feature : `${feature} (there ${other})`),
    },
    { title: 'JS', align: 'right', text: ({ js }) => js.toFixed(4) },
    { title: 'PSI', align: 'right', text: ({ psi }) => psi.toFixed(3) },
    { title: 'drift', text: ({ psi }) => driftWord(psi) },
    {
      title: 'first over second',
      text: ({ histograms: { first, second } }) => {
        const tallest = Math.max(...first, ...second)
        return [first, second].map(side => histogramLine(side.slice(0, DRAWN_BINS), tallest)).join('\n')
      },
    },
  ])
}

function driftWord(psi: number): string {
  if (psi < MODERATE_PSI) return 'none'
  return psi < LARGE_PSI ? pc.yellow('moderate') : pc.red('large')
}
