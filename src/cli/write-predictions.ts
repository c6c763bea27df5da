import { parquetWriteBuffer } from 'hyparquet-writer'
import { ModelHubError } from '../common/index.ts'
import type { Predictions } from '../hub/index.ts'
import { writeWhole } from './write-whole.ts'

/**
 * Writes predictions as a table: `row` (from 0), `prediction`, and `p:LABEL` for each label's probability.
 *
 * @throws FORMAT_UNKNOWN for a name that ends neither in .parquet nor in .csv
 */
export async function writePredictions(path: string, predictions: Predictions): Promise<void> {
  if (/\.parquet$/i.test(path)) return writeWhole(path, parquetOf(predictions))
  if (/\.csv$/i.test(path)) return writeWhole(path, Buffer.from(csvOf(predictions)))
  throw new ModelHubError('FORMAT_UNKNOWN', `--output: expected a name that ends in .parquet or .csv, got ${path}`)
}

function parquetOf({ rowNumbers, predicted, labels, probabilities: { classes, values } }: Predictions): Uint8Array {
  const columnData = [
    { name: 'row', data: Int32Array.from(rowNumbers), type: 'INT32' as const },
    { name: 'prediction', data: Array.from(predicted, label => labels[label]), type: 'STRING' as const },
    ...labels.map((label, c) => ({
      name: `p:${label}`,
      data: Float32Array.from(predicted, (_, row) => values[row * classes + c]),
      type: 'FLOAT' as const,
    })),
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

function csvOf({ rowNumbers, predicted, labels, probabilities: { classes, values } }: Predictions): string {
  const head = ['row', 'prediction', ...labels.map(label => `p:${label}`)].map(field)
  const rows = Array.from(rowNumbers, (number, row) => {
    const shares = values.slice(row * classes, (row + 1) * classes)
    return [String(number), field(labels[predicted[row]]), ...Array.from(shares, share => share.toPrecision(6))]
  })
  return [head, ...rows].map(fields => `${fields.join(',')}\r\n`).join('')
}

/** A field of CSV (RFC 4180). */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
