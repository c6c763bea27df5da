import type { Command } from 'commander'
import type { RankResult, SearchResult } from '../hub/index.ts'
import type { Receipt } from '../receipts/index.ts'
import { printJson, printLine, printNote } from './print.ts'
import { addReceiptFolder, type ReceiptFlags } from './receipt-options.ts'
import { countOption } from './reader-options.ts'

interface ReceiptsFlags extends Pick<ReceiptFlags, 'receipts'> {
  readonly json?: boolean
  readonly most?: number
}

const EXAMPLE = `
Example:
  $ modelhub receipts list
  $ modelhub receipts show last
  $ modelhub rerun last
  $ modelhub diff 1f3 last`

/** `modelhub receipts list`, `receipts show` and `receipts clear`. */
export function addReceiptsCommand(program: Command): void {
  const receipts = program
    .command('receipts')
    .description('what is kept of searches and rankings: show it, compare it, do it again')
    .addHelpText('after', EXAMPLE)
  addReceiptFolder(receipts.command('list', { isDefault: true }))
    .description('list them, newest first')
    .option('--most <n>', 'how many to list', countOption('--most'), 20)
    .option('--json', 'print one JSON array of all, without their results')
    .addHelpText('after', '\nExample:\n  $ modelhub receipts list --most 5')
    .action(listReceipts)
  addReceiptFolder(receipts.command('show'))
    .argument('<id>', 'id of a receipt, the first or last characters of it, or last')
    .description('show a search or a ranking as it was')
    .option('--json', 'print the receipt as one JSON object (schema/receipt.schema.json)')
    .addHelpText('after', '\nExample:\n  $ modelhub receipts show last --json')
    .action(async (id: string, flags: ReceiptsFlags) => {
      const receipt = await (await openReceipts(flags)).find(id)
      if (flags.json) printJson(receipt)
      else printLine(await renderKept(receipt))
    })
  addReceiptFolder(receipts.command('clear'))
    .description('remove them all')
    .addHelpText('after', '\nExample:\n  $ modelhub receipts clear --receipts ./receipts')
    .action(async (flags: ReceiptsFlags) => {
      const store = await openReceipts(flags)
      printLine(`${store.folder}: ${await store.clear()} receipts removed`)
    })
}

/** Opens the place of receipts that a command reads. */
export async function openReceipts({ receipts: folder }: Pick<ReceiptFlags, 'receipts'>) {
  const { ReceiptStore } = await import('../receipts/index.ts')
  return ReceiptStore.open({ folder })
}

async function listReceipts(flags: ReceiptsFlags): Promise<void> {
  const { receipts, damaged } = await (await openReceipts(flags)).list()
  for (const id of damaged) printNote(`note: the receipt ${id} is damaged`)
  const { renderReceipts, summaryOf } = await import('./render-receipts.ts')
  if (flags.json) return printJson(receipts.map(summaryOf))
  printLine(renderReceipts(receipts.map(summaryOf), flags.most!))
}

/** The result as it was printed, under what it was made with. */
async function renderKept({ id, result, kind, ...receipt }: Receipt): Promise<string> {
  const { renderMadeWith } = await import('./render-receipts.ts')
  const { renderResult } = await import('./render-result.ts')
  const kept = { ...result, receipt: id } as unknown as SearchResult | RankResult
  return `${renderMadeWith({ id, result, kind, ...receipt })}\n\n${await renderResult(kind, kept)}`
}
