import { parquetWriteBuffer } from 'hyparquet-writer'
import { ModelHubError } from '../common/index.ts'
import type { Predictions } from '../hub/index.ts'
import { renderCsv } from './render-csv.ts'
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
  const rows = Array.from(rowNumbers, (row, i) => {
    const shares = labels.map((label, c) => [`p:${label}`, Number(values[i * classes + c].toPrecision(6))])
    return { row, prediction: labels[predicted[i]], ...Object.fromEntries(shares) }
  })
  return renderCsv(rows, ['row', 'prediction', ...labels.map(label => `p:${label}`)])
}
