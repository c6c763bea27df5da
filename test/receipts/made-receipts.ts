import type { ReceiptContent } from '../../src/receipts/index.ts'

type Row = ReceiptContent['result']['results'][number]

/** A row of a result. */
export const row = (model: string, rank: number, score: number | null, more: Partial<Row> = {}): Row => ({
  ...{ model, rank, score, version: 1 },
  ...more,
})

/** What a receipt of a made-up search says. */
export function searchContent(
  results: readonly Row[],
  { at = '2026-03-01T12:00:00.000Z', ...more }: Partial<ReceiptContent> & { readonly at?: string } = {},
): ReceiptContent {
  return {
    format: 1,
    kind: 'search',
    createdAt: at,
    versions: { modelhub: '0.1.0', sketchFormat: 1 },
    hub: 'hub',
    target: [{ place: 'visits.csv', sha256: 'b'.repeat(64) }],
    keyed: false,
    options: { label: 'outcome', metric: 'fit' },
    result: {
      query: { rows: 100, features: 4, sketchSha256: 'a'.repeat(64) },
      parameters: { metric: 'fit', top: 10 },
      results: [...results],
      considered: results.map(({ model, version }) => `${model}@${version}`),
      hubRevision: 3,
      verdict: { message: `${results[0]?.model ?? 'nothing'} fits best` },
    },
    ...more,
  }
}
