import type { Command } from 'commander'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { printJson, printLine } from './print.ts'
import { addReaderOptions, countOption, type ReaderOptions } from './reader-options.ts'
import { addSearchOptions, loadTargetWithProgress, spaceOption } from './search-command.ts'
import type { SearchOptions } from '../hub/index.ts'

interface ExplainFlags extends ReaderOptions, HubOption, SearchOptions {
  readonly json?: boolean
  readonly features: number
}

const EXAMPLE = `
Example:
  $ modelhub explain visits.csv acme/penguins --hub ./hub`

/** `modelhub explain`: why a model fits a target as it does. */
export function addExplainCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('explain')
    .argument('<target>', 'data file, or a sketch file')
    .argument('<model>', 'owner/model or owner/model@3')
    .description('show where a target and a model’s training data differ')
  addSearchOptions(addReaderOptions(addHubOption(command)))
    .addOption(spaceOption())
    .option('--features <n>', 'features to show, worst first', countOption('--features'), 10)
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLE)
    .action(async (path: string, model: string, flags: ExplainFlags) => {
      const explanation = await withHub(flags, async hub =>
        hub.explain(await loadTargetWithProgress([path], flags, signal), model, flags),
      )
      if (flags.json) return printJson(explanation)
      const { renderExplanation } = await import('./render-explanation.ts')
      printLine(renderExplanation(explanation, { target: path, model, features: flags.features }))
    })
}
