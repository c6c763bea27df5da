import { privacyReceipt } from '../sketch/privacy-receipt.ts'
import type { Sketch } from '../sketch/sketch.ts'
import { byteSize } from './print.ts'

/** A privacy receipt as a person reads it. */
export function renderReceipt(file: string, sketch: Sketch, sizeBytes: number): string {
  const receipt = privacyReceipt(sketch, sizeBytes)
  const listed = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .filter(([, n]) => n > 0)
      .map(([name, n]) => `${n} ${name}`)
      .join(', ')
  const facts: [string, string][] = [
    ['rows', String(receipt.rows)],
    ['features', listed(receipt.features)],
    ['partitions', `${listed(receipt.partitions)}${cells(receipt.smallestCell)}`],
    [
      'extremes',
      receipt.showsExtremes
        ? 'the exact minimum and maximum of the table'
        : 'none: edges stop at the 0.5 % and 99.5 % quantiles',
    ],
    ['smallest bin', `${receipt.smallestBin} rows`],
    ['exact values', `${receipt.exactValues}, each shared by many rows`],
    ['word hashes', receipt.hashes === 0 ? 'none' : `${receipt.hashes}: whoever guesses a word can test for it`],
    ['reference', receipt.referenceMean ? 'means in the coordinates of a reference sketch' : 'none'],
    ['size', byteSize(receipt.sizeBytes)],
  ]
  const lines = facts.map(([name, text]) => `  ${name.padEnd(13)}${text}`)
  const warning = receipt.fewRows ? ['  Under 200 rows: this sketch says much about each of them.'] : []
  return [`${file}: profile ${receipt.profile}. What it tells about the data:`, ...lines, ...warning].join('\n')
}

function cells(smallest: number | null): string {
  return smallest === null ? '' : `; the smallest cell has ${smallest} rows`
}
