import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { receiptId, RECEIPT_ID } from './receipt-id.ts'
import { receiptSchema, type Receipt, type ReceiptContent } from './receipt.ts'

/** Bytes that receipts may take up unless told: 64 MiB. */
export const DEFAULT_RECEIPT_BYTES = 64 * 2 ** 20

const ENDING = '.json'
const PART = '.part'
const STALE_AFTER_MS = 24 * 3600 * 1000

/** Stands for the newest receipt. */
const LAST = 'last'

/** Where receipts are kept, and how many. */
export interface ReceiptStoreOptions {
  /** {@link defaultReceiptFolder} when absent. */
  readonly folder?: string
  /** Bytes that they may take up; 64 MiB when absent. */
  readonly maxBytes?: number
}

/**
 * Receipts in a folder of the user's, one file each under its id, for its owner alone. Files appear whole, by renaming,
 * and are never changed. Beyond the size limit the oldest go.
 */
export class ReceiptStore {
  readonly folder: string
  private readonly maxBytes: number

  private constructor(folder: string, maxBytes: number) {
    this.folder = folder
    this.maxBytes = maxBytes
  }

  /**
   * Opens the store, whose folder is made where there is none.
   *
   * @throws FILE_UNREADABLE when it can be neither found nor made
   */
  static async open(options: ReceiptStoreOptions = {}): Promise<ReceiptStore> {
    const { folder = defaultReceiptFolder(), maxBytes = DEFAULT_RECEIPT_BYTES } = options
    try {
      const made = await mkdir(folder, { recursive: true, mode: 0o700 })
      if (made !== undefined) await chmod(folder, 0o700)
      await readdir(folder)
    } catch (cause) {
      const advice = 'name another folder with --receipts, or give --no-receipt'
      throw new ModelHubError('FILE_UNREADABLE', `${folder}: cannot keep receipts; ${advice}`, { cause })
    }
    return new ReceiptStore(folder, maxBytes)
  }

  /**
   * Keeps a receipt, and lets the oldest others go where there are too many bytes.
   *
   * @throws WRITE_FAILED
   */
  async keep(content: ReceiptContent): Promise<Receipt> {
    // Through JSON, as what is read back is checked against the id: undefined values and NaN leave no trace.
    const written = JSON.parse(JSON.stringify(content)) as ReceiptContent
    const receipt: Receipt = { id: receiptId(written), ...written }
    const part = join(this.folder, `${receipt.id}.${randomUUID()}${PART}`)
    try {
      await writeFile(part, JSON.stringify(receipt), { mode: 0o600 })
      await rename(part, this.pathOf(receipt.id))
    } catch (cause) {
      await rm(part, { force: true }).catch(() => undefined)
      throw new ModelHubError('WRITE_FAILED', `${this.folder}: a receipt cannot be written there`, { cause })
    }
    await this.letOldestGo(receipt.id)
    return receipt
  }

  /**
   * A receipt by its id, the first or the last characters of it that no other id has, or `last` for the newest.
   *
   * @throws RECEIPT_NOT_FOUND when none has such an id, USAGE when several have, FILE_DAMAGED
   */
  async find(ref: string): Promise<Receipt> {
    const ids = await this.ids()
    const wanted = ref.toLowerCase()
    const found = ids.includes(wanted)
      ? [wanted]
      : wanted === LAST
        ? ids.slice(-1)
        : ids.filter(id => wanted !== '' && (id.startsWith(wanted) || id.endsWith(wanted)))
    if (found.length === 1) return this.read(found[0])
    if (found.length === 0) {
      throw new ModelHubError('RECEIPT_NOT_FOUND', `${ref}: no receipt in ${this.folder} has that id`)
    }
    const named = found.slice(-3).join(', ')
    throw new ModelHubError('USAGE', `${ref}: expected the id of one receipt, got that of ${found.length}: ${named}`)
  }

  /** All receipts, newest first, and the ids of those whose files are damaged. */
  async list(): Promise<{ readonly receipts: readonly Receipt[]; readonly damaged: readonly string[] }> {
    const receipts: Receipt[] = []
    const damaged: string[] = []
    for (const id of (await this.ids()).reverse()) {
      const receipt = await this.read(id).catch(() => undefined)
      if (receipt) receipts.push(receipt)
      else damaged.push(id)
    }
    return { receipts, damaged }
  }

  /** Removes all receipts, and nothing else that may lie in the folder. */
  async clear(): Promise<number> {
    const ids = await this.ids()
    for (const id of ids) await rm(this.pathOf(id), { force: true })
    return ids.length
  }

  private async read(id: string): Promise<Receipt> {
    const path = this.pathOf(id)
    try {
      // As it was read, not as the schema gives it back: the id follows from the order of the keys too.
      const { id: stated, ...content } = JSON.parse(await readFile(path, 'utf8')) as Receipt
      receiptSchema.parse({ id: stated, ...content })
      if (stated === id && receiptId(content) === id) return { id, ...content }
    } catch (cause) {
      throw damage(path, cause)
    }
    throw damage(path)
  }

  /** Ids of all receipts, oldest first. */
  private async ids(): Promise<string[]> {
    const names = await readdir(this.folder)
    return names
      .filter(name => name.endsWith(ENDING))
      .map(name => name.slice(0, -ENDING.length))
      .filter(id => RECEIPT_ID.test(id))
      .sort()
  }

  private async letOldestGo(newest: string): Promise<void> {
    let total = 0
    for (const id of (await this.ids()).reverse()) {
      total += await sizeOf(this.pathOf(id))
      if (total > this.maxBytes && id !== newest) await rm(this.pathOf(id), { force: true })
    }
    for (const name of await readdir(this.folder)) {
      if (!name.endsWith(PART) || !RECEIPT_ID.test(name.split('.')[0])) continue
      const file = await stat(join(this.folder, name)).catch(() => undefined)
      if (file && Date.now() - file.mtimeMs > STALE_AFTER_MS) await rm(join(this.folder, name), { force: true })
    }
  }

  private pathOf(id: string): string {
    return join(this.folder, `${id}${ENDING}`)
  }
}

/** Where receipts lie unless told: `modelhub/receipts` in the user's state folder (XDG_STATE_HOME, else `~/.local/state`). */
export function defaultReceiptFolder(): string {
  return join(process.env.XDG_STATE_HOME || join(homedir(), '.local/state'), 'modelhub/receipts')
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0
}

function damage(path: string, cause?: unknown): ModelHubError {
  return new ModelHubError('FILE_DAMAGED', `${path}: is not the receipt that was written there`, { cause })
}
