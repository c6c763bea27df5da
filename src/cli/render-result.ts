import type { RankResult, SearchResult } from '../hub/index.ts'
import type { ReceiptKind } from '../receipts/index.ts'

/** A search or a ranking as its command prints it. */
export async function renderResult(kind: ReceiptKind, result: SearchResult | RankResult): Promise<string> {
  const { renderRun } = await import('./render-ranking.ts')
  if (kind === 'rank') return renderRun(result as RankResult)
  const { renderSearch } = await import('./render-search.ts')
  const { run, ...found } = result as SearchResult
  const ranking = run ? renderRun(run) : 'Nothing was found that could be run.'
  return [renderSearch(found), ...(run === undefined ? [] : [`\n${ranking}`])].join('\n')
}
