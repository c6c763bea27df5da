import type { Command } from 'commander'
import { ModelHubError } from '../common/index.ts'
import type { CompareOptions } from '../hub/index.ts'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { printJson, printLine } from './print.ts'
import { addReaderOptions, givenReaderOption, type ReaderOptions } from './reader-options.ts'
import { addMatchOptions, loadTargetWithProgress } from './search-command.ts'

interface CompareFlags extends ReaderOptions, HubOption, Omit<CompareOptions, 'target'> {
  readonly target?: readonly string[]
  readonly json?: boolean
}

const EXAMPLE = `
Example:
  $ modelhub compare acme/penguins acme/penguins@1 bob/birds --hub ./hub
  $ modelhub compare acme/penguins bob/birds --target visits.csv --label outcome --hub ./hub`

/** `modelhub compare`: models beside each other. */
export function addCompareCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('compare')
    .argument('<model...>', '2 to 6 of owner/model or owner/model@3')
    .description('put models beside each other: cards, training data, fit to a target')
  addMatchOptions(addReaderOptions(addHubOption(command)))
    .option('--target <data...>', 'data files, or one sketch file, that the models might serve')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLE)
    .action(async (models: string[], flags: CompareFlags) => {
      const { target: paths, match, t2, threshold } = flags
      const given = givenReaderOption(flags)
      if (!paths && given) throw new ModelHubError('USAGE', `compare: ${given} has no effect without --target`)
      const comparison = await withHub(flags, async hub => {
        const target = paths && (await loadTargetWithProgress(paths, flags, signal))
        return hub.compare(models, { match, t2, threshold, target })
      })
      if (flags.json) return printJson(comparison)
      const { renderComparison } = await import('./render-comparison.ts')
      printLine(renderComparison(comparison))
    })
}
