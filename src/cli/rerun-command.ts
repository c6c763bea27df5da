import { Option, type Command } from 'commander'
import type { Receipt } from '../receipts/index.ts'
import { addCacheOptions, cacheOptions, type CacheFlags } from './cache-options.ts'
import { withHub } from './hub-option.ts'
import { printJson, printLine, printNote } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { keyOption } from './reader-options.ts'
import { addReceiptOptions, receiptKeeper, type ReceiptFlags } from './receipt-options.ts'

interface RerunFlags extends ReceiptFlags, CacheFlags {
  readonly hub?: string
  /** Contents of the file. */
  readonly keyFile?: Uint8Array
  readonly json?: boolean
}

const EXAMPLE = `
Example:
  $ modelhub rerun last
  $ modelhub rerun 1f3k9a2bc visits-of-february.csv`

/** `modelhub rerun`: a search or a ranking once more, and what has changed. */
export function addRerunCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('rerun')
    .argument('<id>', 'id of a receipt, the first or last characters of it, or last')
    .argument('[target...]', 'data files, where they no longer lie where the receipt says')
    .description('do a search or a ranking again, same target and parameters, and tell what changed')
    .addOption(new Option('--hub <place>', 'folder of the hub, or postgres:// URL; that of the receipt unless named'))
    .option('--key-file <file>', 'the secret key that the target was sketched with', keyOption)
  addReceiptOptions(addCacheOptions(command))
    .option('--json', 'print one JSON object: result and diff')
    .addHelpText('after', EXAMPLE)
    .action(async (id: string, places: string[], flags: RerunFlags) => {
      const { openReceipts } = await import('./receipts-command.ts')
      const before = await (await openReceipts(flags)).find(id)
      const keep = await receiptKeeper(flags)
      const hub = flags.hub ?? before.hub
      const done = await doAgain(before, { places, flags: { ...flags, hub }, signal })
      const { diffReceipts, receiptContent } = await import('../receipts/index.ts')
      const content = await receiptContent({ ...done, hub }, new Date())
      const receipt = await keep(() => Promise.resolve(content))
      const diff = diffReceipts(before, { id: receipt ?? 'now', ...content })
      const result = { ...done.result, ...(receipt === undefined ? {} : { receipt }) }
      for (const warning of result.warnings) printNote(`warning: ${warning}`)
      if (flags.json) return printJson({ result, diff })
      const { renderResult } = await import('./render-result.ts')
      const { renderReceiptDiff } = await import('./render-receipt-diff.ts')
      printLine(`${await renderResult(done.kind, result)}\n\n${renderReceiptDiff(diff)}`)
    })
}

interface Again {
  readonly places: readonly string[]
  readonly flags: RerunFlags & { readonly hub: string }
  readonly signal: AbortSignal
}

async function doAgain(before: Receipt, { places, flags, signal }: Again) {
  const { rerun } = await import('../receipts/index.ts')
  const bar = progressBar()
  const watching = { signal, onProgress: bar.onProgress }
  const given = { key: flags.keyFile, places: places.length > 0 ? places : undefined, ...cacheOptions(flags) }
  try {
    return await withHub(flags, hub => rerun(hub, before, { ...given, ...watching }))
  } finally {
    bar.stop()
  }
}
