import type { RankResult, SearchResult } from '../hub/index.ts'
import type { ReceiptKind } from '../receipts/index.ts'

/** A search or a ranking as its command prints it. */
export async function renderResult(kind: ReceiptKind, result: SearchResult | RankResult): Promise<string> {
  if (kind === 'search') {
    const { renderSearch } = await import('./render-search.ts')
    return renderSearch(result as SearchResult)
  }
  const { renderRanking, renderScores } = await import('./render-ranking.ts')
  const ranking = result as RankResult
  return `${renderRanking(ranking)}\n\n${renderScores(ranking)}`
}
