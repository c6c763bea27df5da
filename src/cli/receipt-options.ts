import { Option, type Command } from 'commander'
import type { RankResult, SearchResult } from '../hub/index.ts'
import type { Done, ReceiptContent, ReceiptStore } from '../receipts/index.ts'
import { colours } from './colours.ts'
import { printNote } from './print.ts'

/** Options of every command that keeps receipts. */
export interface ReceiptFlags {
  /** A folder. */
  readonly receipts?: string
  /** False for none. */
  readonly receipt?: boolean
}

/** `--receipts DIR` and `--no-receipt`. */
export function addReceiptOptions(command: Command): Command {
  return addReceiptFolder(command).option('--no-receipt', 'keep no receipt')
}

/** `--receipts DIR`, also from the environment. */
export function addReceiptFolder(command: Command): Command {
  return command.addOption(
    new Option('--receipts <folder>', 'where receipts are kept; ~/.local/state/modelhub/receipts unless named').env(
      'MODELHUB_RECEIPTS',
    ),
  )
}

/** Keeps a receipt, and gives its id; undefined where none is kept. */
export type ReceiptKeeper = (content: () => Promise<ReceiptContent>) => Promise<string | undefined>

/**
 * Opens the place of receipts, before any work is done for one. Where it was not named and cannot serve, and when a
 * receipt cannot be written later, a note says so: no result is lost for it.
 *
 * @throws FILE_UNREADABLE when a folder was named that cannot serve
 */
export async function receiptKeeper({ receipts: folder, receipt }: ReceiptFlags): Promise<ReceiptKeeper> {
  const store = receipt === false ? undefined : await openStore(folder)
  return async content => {
    try {
      return store && (await store.keep(await content())).id
    } catch (error) {
      printNote(`note: no receipt was kept: ${messageOf(error)}`)
      return undefined
    }
  }
}

/** Keeps a receipt of what was done, and gives the result with its id. */
export async function withReceipt<Result extends SearchResult | RankResult>(
  keep: ReceiptKeeper,
  done: Omit<Done, 'result'> & { readonly result: Result },
): Promise<Result> {
  const receipt = await keep(async () => (await import('../receipts/index.ts')).receiptContent(done, new Date()))
  return receipt === undefined ? done.result : { ...done.result, receipt }
}

async function openStore(folder: string | undefined): Promise<ReceiptStore | undefined> {
  const { ReceiptStore } = await import('../receipts/index.ts')
  if (folder !== undefined) return ReceiptStore.open({ folder })
  return ReceiptStore.open().catch((error: unknown) => {
    printNote(`note: no receipt is kept: ${messageOf(error)}`)
    return undefined
  })
}

/** The line below a result that says where to find it again; none where no receipt was kept. */
export function receiptLine({ receipt }: { readonly receipt?: string }): string[] {
  return receipt === undefined ? [] : [colours().dim(`receipt ${receipt}`)]
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
