import { markdownTable } from './markdown-table.ts'
import type { RankingQuality } from './ranking-quality.ts'

/** Figures of a ranking: head, and cell. */
export const QUALITY_COLUMNS: readonly (readonly [string, (quality: RankingQuality) => string])[] = [
  ['targets', ({ targets }) => String(targets)],
  ['candidates', ({ candidates }) => String(Number(candidates.toFixed(1)))],
  ['top-1 error', ({ top1Error }) => top1Error.toFixed(3)],
  ['top-2 error', ({ top2Error }) => top2Error.toFixed(3)],
  ['mean regret', ({ meanRegret }) => meanRegret.toFixed(4)],
  ['worst regret', ({ worstRegret }) => worstRegret.toFixed(3)],
  ['best-of-5 regret', ({ bestOf5Regret }) => bestOf5Regret.toFixed(4)],
  ['Pearson', ({ pearson }) => pearson.toFixed(3)],
  ['Kendall τ', ({ kendall }) => kendall.toFixed(3)],
  ['weighted τ', ({ weighted }) => weighted.toFixed(3)],
]

/** Qualities of signals as a Markdown table, in the order given. */
export function qualityTable(qualities: ReadonlyMap<string, RankingQuality>): string {
  return markdownTable(
    ['signal', ...QUALITY_COLUMNS.map(([name]) => name)],
    [...qualities].map(([name, quality]) => [name, ...QUALITY_COLUMNS.map(([, cell]) => cell(quality))]),
  )
}
