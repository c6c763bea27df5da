import { Option, type Command } from 'commander'
import type { MatchRule } from '../sketch/match-features.ts'
import { printJson, printLine, printNote } from './print.ts'
import { numberOption } from './reader-options.ts'

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
      for (const note of diff.notes) printNote(`note: ${note}`)
      if (flags.json) return printJson({ first, second, ...diff })
      const { renderDrift } = await import('./render-drift.ts')
      printLine(renderDrift(diff, { first, second, features: flags.features }))
    })
}
