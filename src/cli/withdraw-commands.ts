import type { Command } from 'commander'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { printLine } from './print.ts'

/** `modelhub yank` and `modelhub rm`. */
export function addWithdrawCommands(program: Command): void {
  addHubOption(program.command('yank').argument('<model>', 'owner/model or owner/model@3'))
    .description('hide a version from searches; what names it by number still finds it')
    .option('--undo', 'take it back')
    .addHelpText('after', '\nExample:\n  $ modelhub yank acme/penguins@2 --hub ./hub')
    .action(async (model: string, flags: HubOption & { undo?: boolean }) => {
      const { name, version, yanked } = await withHub(flags, hub => hub.yank(model, !flags.undo))
      printLine(`${name}@${version} ${yanked ? 'yanked' : 'back'}`)
    })
  addHubOption(program.command('rm').argument('<model>', 'owner/model or owner/model@3'))
    .description('remove a version for good')
    .addHelpText('after', '\nExample:\n  $ modelhub rm acme/penguins@2 --hub ./hub')
    .action(async (model: string, flags: HubOption) => {
      const { name, version } = await withHub(flags, hub => hub.remove(model))
      printLine(`${name}@${version} removed`)
    })
}
