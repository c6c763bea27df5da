import type { Command } from 'commander'
import { printJson, printLine } from './print.ts'
import { addReceiptFolder, type ReceiptFlags } from './receipt-options.ts'

interface DiffFlags extends Pick<ReceiptFlags, 'receipts'> {
  readonly json?: boolean
}

const EXAMPLE = `
Example:
  $ modelhub diff 1f3k9a2bc last`

/** `modelhub diff`: what differs between two searches or rankings. */
export function addDiffCommand(program: Command): void {
  const command = program
    .command('diff')
    .argument('<a>', 'id of a receipt, the first or last characters of it, or last')
    .argument('<b>', 'another one')
    .description('tell what differs between two searches or rankings: target, parameters, models, ranks, scores')
  addReceiptFolder(command)
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLE)
    .action(async (a: string, b: string, flags: DiffFlags) => {
      const { diffReceipts } = await import('../receipts/index.ts')
      const { openReceipts } = await import('./receipts-command.ts')
      const store = await openReceipts(flags)
      const diff = diffReceipts(await store.find(a), await store.find(b))
      if (flags.json) return printJson(diff)
      const { renderReceiptDiff } = await import('./render-receipt-diff.ts')
      printLine(renderReceiptDiff(diff))
    })
}
