import { markdownTable } from './markdown-table.ts'
import type { RankingQuality } from './ranking-quality.ts'
import type { Bar } from './record-result.ts'

/** The same bars for the mean over a spread: one choice out of five may be a lucky one. */
export function spreadBars(over: string, spread: ReadonlyMap<string, RankingQuality>): Bar[] {
  const mean = (of: (quality: RankingQuality) => number) =>
    [...spread.values()].reduce((sum, quality) => sum + of(quality), 0) / spread.size
  return [
    { name: `mean regret of fit, mean over ${over}`, value: mean(q => q.meanRegret), bar: 0.016, must: 'atMost' },
    { name: `top-1 error of fit, mean over ${over}`, value: mean(q => q.top1Error), bar: 0.35, must: 'atMost' },
    { name: `mean Pearson of fit, mean over ${over}`, value: mean(q => q.pearson), bar: 0.78, must: 'atLeast' },
  ]
}

/** Least, mean and most of the figures over a spread. */
export function summaryTable(spread: ReadonlyMap<string, RankingQuality>): string {
  const row = (name: string, of: (quality: RankingQuality) => number) => {
    const values = [...spread.values()].map(of)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return [name, ...[Math.min(...values), mean, Math.max(...values)].map(value => value.toFixed(4))]
  }
  return markdownTable(
    ['', 'least', 'mean', 'most'],
    [
      row('mean regret', ({ meanRegret }) => meanRegret),
      row('top-1 error', ({ top1Error }) => top1Error),
      row('Pearson', ({ pearson }) => pearson),
    ],
  )
}
