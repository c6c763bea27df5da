import { parquetWriteBuffer } from 'hyparquet-writer'
import { ModelHubError } from '../common/index.ts'
import type { BundlePredictions, Predictions } from '../hub/index.ts'
import { renderCsv } from './render-csv.ts'
import { writeWhole } from './write-whole.ts'

/**
 * Writes predictions as a table: `row` (from 0), `prediction`, of a bundle `model`, and `p:LABEL` for each
 * label's probability.
 *
 * @throws FORMAT_UNKNOWN for a name that ends neither in .parquet nor in .csv
 */
export async function writePredictions(path: string, predictions: Predictions | BundlePredictions): Promise<void> {
  if (/\.parquet$/i.test(path)) return writeWhole(path, parquetOf(predictions))
  if (/\.csv$/i.test(path)) return writeWhole(path, Buffer.from(csvOf(predictions)))
  throw new ModelHubError('FORMAT_UNKNOWN', `--output: expected a name that ends in .parquet or .csv, got ${path}`)
}

/** The models that answered each row, of a bundle. */
function answerers(predictions: Predictions | BundlePredictions): string[] | undefined {
  if (!('answeredBy' in predictions)) return undefined
  const { models, answeredBy } = predictions
  return answeredBy.map(places => places.map(place => models[place]).join(' + '))
}

function parquetOf(predictions: Predictions | BundlePredictions): Uint8Array {
  const { rowNumbers, predicted, labels, probabilities } = predictions
  const { classes, values } = probabilities
  const models = answerers(predictions)
  const columnData = [
    { name: 'row', data: Int32Array.from(rowNumbers), type: 'INT32' as const },
    { name: 'prediction', data: Array.from(predicted, label => labels[label]), type: 'STRING' as const },
    ...(models ? [{ name: 'model', data: models, type: 'STRING' as const }] : []),
    ...labels.map((label, c) => ({
      name: `p:${label}`,
      data: Float32Array.from(predicted, (_, row) => values[row * classes + c]),
      type: 'FLOAT' as const,
    })),
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

function csvOf(predictions: Predictions | BundlePredictions): string {
  const { rowNumbers, predicted, labels, probabilities } = predictions
  const { classes, values } = probabilities
  const models = answerers(predictions)
  const rows = Array.from(rowNumbers, (row, i) => {
    const shares = labels.map((label, c) => [`p:${label}`, Number(values[i * classes + c].toPrecision(6))])
    return { row, prediction: labels[predicted[i]], ...(models && { model: models[i] }), ...Object.fromEntries(shares) }
  })
  return renderCsv(rows, ['row', 'prediction', ...(models ? ['model'] : []), ...labels.map(label => `p:${label}`)])
}
