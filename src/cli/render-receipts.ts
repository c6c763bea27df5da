import type { Receipt, ReceiptKind } from '../receipts/index.ts'
import { colours } from './colours.ts'
import { renderTable } from './render-table.ts'

/** A receipt in a list. */
export interface ReceiptSummary {
  readonly id: string
  readonly kind: ReceiptKind
  readonly createdAt: string
  readonly places: readonly string[]
  readonly hub: string
  /** What the models are ranked by. */
  readonly by: string
  /** `owner/model@3`; null where nothing was ranked. */
  readonly first: string | null
}

/** What a list tells of a receipt. */
export function summaryOf({ id, kind, createdAt, hub, target, result }: Receipt): ReceiptSummary {
  const [first] = result.results
  const by = kind === 'search' ? result.parameters.metric : (result.parameters.by as readonly string[])[0]
  const places = target.map(({ place }) => place)
  return {
    ...{ id, kind, createdAt, places, hub },
    by: String(by ?? '–'),
    first: first ? `${first.model}@${first.version}` : null,
  }
}

/** A list of receipts as a person reads it. */
export function renderReceipts(receipts: readonly ReceiptSummary[], most: number): string {
  if (receipts.length === 0) return 'No receipts are kept.'
  const shown = receipts.slice(0, most)
  const table = renderTable(shown, [
    { title: 'receipt', whole: true, text: ({ id }) => id },
    { title: 'time (UTC)', whole: true, text: ({ createdAt }) => minuteOf(createdAt) },
    { title: 'what', text: ({ kind }) => kind },
    { title: 'target', text: ({ places }) => places.join(' ') },
    { title: 'by', text: ({ by }) => by },
    { title: 'first', text: ({ first }) => first ?? '–' },
    { title: 'hub', spare: true, text: ({ hub }) => hub },
  ])
  const more = receipts.length - shown.length
  return more > 0 ? `${table}\n${colours().dim(`and ${more} older`)}` : table
}

/** What a search or a ranking was made with, in two lines. */
export function renderMadeWith({ id, kind, createdAt, hub, versions, result }: Receipt): string {
  const head = colours().bold(`${id}: ${kind} of ${minuteOf(createdAt)} UTC`)
  const made = `ModelHub ${versions.modelhub}, hub ${hub} at revision ${result.hubRevision}`
  return `${head}\n${colours().dim(`${made}, ${result.considered.length} models considered`)}`
}

function minuteOf(time: string): string {
  return time.slice(0, 16).replace('T', ' ')
}
