import { Command } from 'commander'
import { VERSION } from '../common/version.ts'
import { addCacheCommand } from './cache-command.ts'
import { addCompareCommand } from './compare-command.ts'
import { addCompletionCommand } from './completion-command.ts'
import { addDiffCommand } from './diff-command.ts'
import { addEvaluateCommand } from './evaluate-command.ts'
import { addExplainCommand } from './explain-command.ts'
import { addImportCommand } from './import-command.ts'
import { addIndexCommand } from './index-command.ts'
import { addLabelCommand } from './label-command.ts'
import { addListCommand } from './list-command.ts'
import { addPublishCommand } from './publish-command.ts'
import { addCalibrateCommand } from './calibrate-command.ts'
import { addPredictCommand } from './predict-command.ts'
import { addRankCommand } from './rank-command.ts'
import { addReceiptsCommand } from './receipts-command.ts'
import { addRerunCommand } from './rerun-command.ts'
import { addSearchCommand } from './search-command.ts'
import { addShowCommand } from './show-command.ts'
import { addSketchCommand } from './sketch-command.ts'
import { addWithdrawCommands } from './withdraw-commands.ts'

/** The whole command line. Each command loads what it needs when it runs. */
export function makeProgram(signal: AbortSignal): Command {
  const program = new Command('modelhub')
    .description('Finds the models of a hub that will serve a dataset best; only sketches of data are compared.')
    .version(VERSION)
    .exitOverride()
    .enablePositionalOptions()
    .configureHelp({ sortSubcommands: false })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 2 usage, 3 bad input, 4 not found, 5 conflict, 6 damaged hub,\n70 internal, 74 cannot be written, 75 hub busy, 130 cancelled. See docs/errors.md.',
    )
  addSketchCommand(program, signal)
  addPublishCommand(program, signal)
  addSearchCommand(program, signal)
  addExplainCommand(program, signal)
  addRankCommand(program, signal)
  addEvaluateCommand(program, signal)
  addLabelCommand(program, signal)
  addPredictCommand(program, signal)
  addCalibrateCommand(program, signal)
  addCompareCommand(program, signal)
  addReceiptsCommand(program)
  addRerunCommand(program, signal)
  addDiffCommand(program)
  addListCommand(program)
  addShowCommand(program)
  addWithdrawCommands(program)
  addImportCommand(program)
  addIndexCommand(program, signal)
  addCacheCommand(program)
  addCompletionCommand(program)
  addColourOption(program)
  return program
}

/** `--no-color` of every command, wherever on the line it stands; `colours` looks for it. */
function addColourOption(command: Command): void {
  command.option('--no-color', 'no colours, as with NO_COLOR')
  command.commands.forEach(addColourOption)
}
