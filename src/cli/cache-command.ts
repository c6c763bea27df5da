import type { Command } from 'commander'
import { byteSize, printJson, printLine } from './print.ts'

interface CacheCommandFlags {
  readonly cache?: string
  readonly json?: boolean
}

/** `modelhub cache status` and `modelhub cache clear`. */
export function addCacheCommand(program: Command): void {
  const cache = program
    .command('cache')
    .description('what rank and predict keep, so that models run once')
    .addHelpText('after', '\nExample:\n  $ modelhub cache status')
  folderOption(cache.command('status'))
    .description('where it lies and how much it holds')
    .option('--json', 'print one JSON object')
    .action(async (flags: CacheCommandFlags) => {
      const status = await (await openCache(flags)).status()
      if (flags.json) printJson(status)
      else printLine(`${status.folder}: ${status.tensors} tensors, ${byteSize(status.sizeBytes)}`)
    })
  folderOption(cache.command('clear'))
    .description('remove all that it holds')
    .action(async (flags: CacheCommandFlags) => {
      const opened = await openCache(flags)
      const { folder, tensors, sizeBytes } = await opened.status()
      await opened.clear()
      printLine(`${folder}: ${tensors} tensors removed, ${byteSize(sizeBytes)}`)
    })
}

function folderOption(command: Command): Command {
  return command
    .option('--cache <folder>', '~/.cache/modelhub unless named')
    .addHelpText('after', `\nExample:\n  $ modelhub cache ${command.name()} --cache ./cache`)
}

async function openCache({ cache }: CacheCommandFlags) {
  const { openActivationCache } = await import('../hub/activation-cache.ts')
  return openActivationCache({ folder: cache })
}
