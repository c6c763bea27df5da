import { Argument, type Command } from 'commander'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { COMPLETION_SCRIPTS, SHELLS, type Shell } from './completion-scripts.ts'
import { DEFAULT_HUB } from './hub-option.ts'
import { printLine } from './print.ts'

const EXAMPLE = `
Put one of these into the shell's start-up file:

Example:
  $ modelhub completion bash
  $ eval "$(modelhub completion bash)"      # ~/.bashrc
  $ eval "$(modelhub completion zsh)"       # ~/.zshrc, after compinit
  $ modelhub completion fish | source       # ~/.config/fish/config.fish`

/** `modelhub completion`, and the hidden `modelhub complete` that its scripts ask. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'shell that is to complete').choices(SHELLS))
    .description('print a script for completion of commands, options and models by the tab key')
    .addHelpText('after', EXAMPLE)
    .action((shell: Shell) => {
      process.stdout.write(COMPLETION_SCRIPTS[shell])
    })
  program
    .command('complete', { hidden: true })
    .argument('[words...]', 'words typed after modelhub, the last one to complete')
    .addHelpText('after', '\nExample:\n  $ modelhub complete -- show acme/')
    .action(async (words: string[]) => {
      const { completions } = await import('./completions.ts')
      for (const { value, about } of await completions(program, words, modelNames)) printLine(`${value}\t${about}`)
    })
}

/** Every model of a hub, or with an `@` in the word every version; none where no hub can be opened. */
async function modelNames(
  word: string,
  hub: string = process.env.MODELHUB_HUB ?? DEFAULT_HUB,
): Promise<readonly string[]> {
  const { listVersions, openCatalog } = await import('../catalog/index.ts')
  try {
    // The shell has not expanded what is being typed.
    const catalog = await openCatalog(hub.startsWith('~/') ? join(homedir(), hub.slice(1)) : hub)
    try {
      const versions = await listVersions(catalog.db, { all: true })
      return [...new Set(versions.map(({ name, version }) => (word.includes('@') ? `${name}@${version}` : name)))]
    } finally {
      await catalog.close()
    }
  } catch {
    return []
  }
}
